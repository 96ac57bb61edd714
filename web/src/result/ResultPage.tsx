import { useMarks } from "@/api/marks";
import { MarksPanel } from "@/result/MarksPanel";
import { ResultHeader } from "@/result/ResultHeader";
import type { ResultProps } from "@/result/ResultProps";
import { Warnings } from "@/result/Warnings";
import { Failure } from "@/shared/Failure";
import { PageContent } from "@/shared/PageContent";
import { strings } from "@/strings";

interface Props extends Pick<ResultProps, "details" | "result"> {
  /** Why a mark could not be made, or null. */
  readonly error: Error | null;
  readonly children: React.ReactNode;
}

/** The frame of a result: its header and warnings above what was found, and people's marks below. */
export function ResultPage({ details, result, error, children }: Props): React.ReactNode {
  const { analysis, urls } = result;
  const job = details.job.job_id;
  const marks = useMarks(job);
  return (
    <PageContent
      title={details.job.name}
      header={<ResultHeader details={details} analysis={analysis} urls={urls} />}
    >
      <Warnings warnings={analysis.warnings} />
      {error && <Failure problem={error} />}
      {marks.error && (
        <Failure problem={marks.error} title={strings.marks.unknown} onRetry={() => void marks.refetch()} />
      )}
      {children}
      {marks.data && <MarksPanel job={job} marks={marks.data} appearances={analysis.appearances} />}
    </PageContent>
  );
}
