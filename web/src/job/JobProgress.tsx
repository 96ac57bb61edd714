import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import { isLive } from "@/api/jobs";
import type { JobDetails } from "@/api/types";
import { CancelJob } from "@/job/CancelJob";
import { JobFacts } from "@/job/JobFacts";
import { JobStatus } from "@/job/JobStatus";
import { useSession } from "@/session/SessionContext";
import { PageContent } from "@/shared/PageContent";
import { PageButton } from "@/shared/PageButton";
import { strings } from "@/strings";

const text = strings.job;

/** A job that runs, or that ended without anything to show. */
export function JobProgress({ details }: { readonly details: JobDetails }): React.ReactNode {
  const { isEditor } = useSession();
  const { job } = details;
  return (
    <PageContent
      title={job.name}
      header={
        <Header
          variant="h1"
          description={strings.jobs.kinds[job.kind]}
          actions={isEditor && isLive(job) && <CancelJob job={job} />}
        >
          {job.name}
        </Header>
      }
    >
      <Ending details={details} />
      {details.labeling && (
        <Alert
          header={text.labeling.title}
          action={
            <Button href={details.labeling.url} target="_blank" iconName="external" iconAlign="right">
              {text.labeling.open}
            </Button>
          }
        >
          {text.labeling.done(details.labeling.done, details.labeling.total)}
        </Alert>
      )}
      {isLive(job) && !details.labeling && (
        <Container>
          <div aria-live="polite">
            <JobStatus job={job} />
          </div>
        </Container>
      )}
      <JobFacts details={details} />
    </PageContent>
  );
}

/** How the job ended, and why where it came to nothing. */
function Ending({ details: { job } }: { readonly details: JobDetails }): React.ReactNode {
  switch (job.state) {
    case "FAILED":
    case "REJECTED":
    case "CANCELED":
      return (
        <Alert type={job.state === "FAILED" ? "error" : "warning"} header={text.whatHappened[job.state]}>
          {job.error?.message} {job.error?.retryable && text.willPass}
          {job.error && <Box color="text-body-secondary">{text.reason(job.error.code)}</Box>}
        </Alert>
      );
    case "SUCCEEDED":
      return (
        <Alert
          type="success"
          action={<PageButton to={`/projects/${job.project}`}>{text.seeVersions}</PageButton>}
        >
          {text.trained}
        </Alert>
      );
    case "RECEIVED":
    case "RUNNING":
      return null;
  }
}
