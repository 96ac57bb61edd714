import { isRefusal } from "@/api/errors";
import type { KeptUpload } from "@/upload/resumption";
import { uploadFile, type UploadPort } from "@/upload/uploadFile";

export interface Bringing {
  readonly port: UploadPort;
  /** What is remembered of the file's upload. */
  readonly kept: KeptUpload | null;
  readonly report: (sent: number) => void;
  /** Called once every part has come. */
  readonly onSent: (upload: string) => void;
  /** Has the file made of its parts, and gives the id of the job that it became, if any. */
  readonly finish: (upload: string) => Promise<string | null>;
}

/**
 * Uploads a file and finishes that. Where that was tried before and no answer came, the same is asked again: only
 * where that is refused, as what was sent is gone, the file is uploaded anew.
 */
export async function bringFile(file: Blob, bringing: Bringing): Promise<string | null> {
  const { port, kept, report, onSent, finish } = bringing;
  if (kept?.stage === "sent") {
    try {
      return await finish(kept.id);
    } catch (problem) {
      if (!isRefusal(problem)) throw problem;
    }
  }
  const upload = await uploadFile(file, port, report);
  onSent(upload);
  return finish(upload);
}
