import ProgressBar from "@cloudscape-design/components/progress-bar";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { isLive } from "@/api/jobs";
import type { JobItem } from "@/api/types";
import { STATE_INDICATORS, stepName, stepPercent } from "@/job/states";
import { strings } from "@/strings";

/** A job's state, and while it runs the step it is at and how much of that is done. */
export function JobStatus({ job }: { readonly job: JobItem }): React.ReactNode {
  const part = stepPercent(job);
  const indicator = (
    <StatusIndicator type={STATE_INDICATORS[job.state]}>
      {isLive(job) && job.step ? stepName(job) : strings.jobs.states[job.state]}
    </StatusIndicator>
  );
  if (!isLive(job) || part === null) return indicator;
  return (
    <SpaceBetween size="xxxs">
      {indicator}
      <ProgressBar
        value={part}
        variant="standalone"
        ariaLabel={stepName(job)}
        additionalInfo={strings.jobs.progress(job.done ?? 0, job.total ?? 0)}
      />
    </SpaceBetween>
  );
}
