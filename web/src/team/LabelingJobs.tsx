import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import ProgressBar from "@cloudscape-design/components/progress-bar";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useJobs } from "@/api/jobs";
import { LABEL_STEP, stepPercent } from "@/job/states";
import { Empty } from "@/shared/Empty";
import { Loaded } from "@/shared/Loaded";
import { PageLink } from "@/shared/PageLink";
import { strings } from "@/strings";

const text = strings.team;

/** What is being labeled now, how much of it is done, and the page where that happens. */
export function LabelingJobs({ portalUrl }: { readonly portalUrl: string }): React.ReactNode {
  const running = useJobs({ kind: "training", state: ["RUNNING"] });
  const open = (
    <Button variant="primary" href={portalUrl} target="_blank" iconName="external" iconAlign="right">
      {text.open}
    </Button>
  );
  return (
    <Container
      header={
        <Header variant="h2" actions={open} description={text.openHint}>
          {text.labeling}
        </Header>
      }
    >
      <Loaded query={running}>
        {(jobs) => {
          const labeling = jobs.filter(({ step }) => step === LABEL_STEP);
          if (labeling.length === 0) return <Empty title={text.nothing} hint={text.nothingHint} />;
          return (
            <SpaceBetween size="m">
              {labeling.map((job) => (
                <ProgressBar
                  key={job.job_id}
                  value={stepPercent(job) ?? 0}
                  label={<PageLink to={`/jobs/${job.job_id}`}>{`${job.project}: ${job.name}`}</PageLink>}
                  additionalInfo={strings.jobs.progress(job.done ?? 0, job.total ?? 0)}
                />
              ))}
            </SpaceBetween>
          );
        }}
      </Loaded>
    </Container>
  );
}
