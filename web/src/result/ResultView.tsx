import { lazy, Suspense } from "react";
import { useMarks } from "@/api/marks";
import { useProofs, useResult } from "@/api/results";
import type { JobDetails } from "@/api/types";
import { Waiting } from "@/app/Waiting";
import { Loaded } from "@/shared/Loaded";

const VideoResult = lazy(() => import("@/video/VideoResult"));
const ImageResult = lazy(() => import("@/image/ImageResult"));

/** What a finished analysis found. Marks and proof pictures come when they come: figures wait for neither. */
export default function ResultView({ details }: { readonly details: JobDetails }): React.ReactNode {
  const id = details.job.job_id;
  const marks = useMarks(id).data ?? [];
  const proofs = useProofs(id).data ?? new Map<string, string>();
  return (
    <Loaded query={useResult(id)}>
      {(result) => {
        const View = result.analysis.media.kind === "video" ? VideoResult : ImageResult;
        return (
          <Suspense fallback={<Waiting />}>
            <View details={details} result={result} marks={marks} proofs={proofs} />
          </Suspense>
        );
      }}
    </Loaded>
  );
}
