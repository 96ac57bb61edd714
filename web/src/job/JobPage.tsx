import { lazy, Suspense } from "react";
import type { RouteComponentProps } from "wouter";
import { useJob } from "@/api/jobs";
import { Waiting } from "@/app/Waiting";
import { JobProgress } from "@/job/JobProgress";
import { Loaded } from "@/shared/Loaded";

const ResultView = lazy(() => import("@/result/ResultView"));

/** One job: how far it is, or what became of it; a finished analysis shows what it found. */
export default function JobPage({ params }: RouteComponentProps): React.ReactNode {
  const id = params.job ?? "";
  return (
    <Loaded query={useJob(id)}>
      {(details) =>
        details.job.has_results ? (
          <Suspense fallback={<Waiting />}>
            <ResultView details={details} />
          </Suspense>
        ) : (
          <JobProgress details={details} />
        )
      }
    </Loaded>
  );
}
