import { MarksPanel } from "@/result/MarksPanel";
import { ResultHeader } from "@/result/ResultHeader";
import type { ResultProps } from "@/result/ResultProps";
import { Warnings } from "@/result/Warnings";
import { Failure } from "@/shared/Failure";
import { PageContent } from "@/shared/PageContent";

interface Props extends Omit<ResultProps, "proofs"> {
  /** Why a mark could not be made, or null. */
  readonly error: Error | null;
  readonly children: React.ReactNode;
}

/** The frame of a result: its header and warnings above what was found, and people's marks below. */
export function ResultPage({ details, result, marks, error, children }: Props): React.ReactNode {
  const { analysis, urls } = result;
  return (
    <PageContent
      title={details.job.name}
      header={<ResultHeader details={details} analysis={analysis} urls={urls} />}
    >
      <Warnings warnings={analysis.warnings} />
      {error && <Failure problem={error} />}
      {children}
      <MarksPanel job={details.job.job_id} marks={marks} appearances={analysis.appearances} />
    </PageContent>
  );
}
