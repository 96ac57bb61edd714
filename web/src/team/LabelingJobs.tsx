import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import ProgressBar from "@cloudscape-design/components/progress-bar";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useJob, useJobs } from "@/api/jobs";
import type { JobItem } from "@/api/types";
import { LABEL_STEP } from "@/job/states";
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
                <Labeling key={job.job_id} job={job} />
              ))}
            </SpaceBetween>
          );
        }}
      </Loaded>
    </Container>
  );
}

/** Only the job by itself tells how far its people are: the labeling service is asked for it. */
function Labeling({ job }: { readonly job: JobItem }): React.ReactNode {
  const { done = 0, total = 0 } = useJob(job.job_id).data?.labeling ?? {};
  return (
    <ProgressBar
      value={total ? (done / total) * 100 : 0}
      label={<PageLink to={`/jobs/${job.job_id}`}>{`${job.project}: ${job.name}`}</PageLink>}
      additionalInfo={strings.jobs.progress(done, total)}
    />
  );
}
