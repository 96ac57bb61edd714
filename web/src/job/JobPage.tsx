import type { RouteComponentProps } from "wouter";
import { useJob } from "@/api/jobs";
import { JobProgress } from "@/job/JobProgress";
import { ResultView } from "@/result/ResultView";
import { Loaded } from "@/shared/Loaded";

/** One job: how far it is, or what became of it; a finished analysis shows what it found. */
export default function JobPage({ params }: RouteComponentProps): React.ReactNode {
  const id = params.job ?? "";
  return (
    <Loaded query={useJob(id)}>
      {(details) =>
        details.job.has_results ? <ResultView details={details} /> : <JobProgress details={details} />
      }
    </Loaded>
  );
}
