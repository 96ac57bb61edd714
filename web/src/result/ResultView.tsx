import { useMarks } from "@/api/marks";
import { useProofs, useResult } from "@/api/results";
import type { JobDetails } from "@/api/types";
import { ImageResult } from "@/image/ImageResult";
import { Loaded } from "@/shared/Loaded";
import { VideoResult } from "@/video/VideoResult";

/**
 * What a finished analysis found. Marks and proof pictures come when they come: figures wait for neither, and the
 * places where they show tell what keeps them.
 */
export function ResultView({ details }: { readonly details: JobDetails }): React.ReactNode {
  const id = details.job.job_id;
  const marks = useMarks(id).data ?? [];
  const proofs = useProofs(id);
  return (
    <Loaded query={useResult(id)}>
      {(result) => {
        const View = result.analysis.media.kind === "video" ? VideoResult : ImageResult;
        return <View details={details} result={result} marks={marks} proofs={proofs} />;
      }}
    </Loaded>
  );
}
