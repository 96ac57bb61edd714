/** One file, in parts: begun or gone on with, each part tried a few times. I/O is through `UploadPort`. */
import type { PartList, UploadPart } from "@/api/types";
import { parallel } from "@/upload/parallel";

const PARTS_AT_ONCE = 4;
const MOST_TRIES = 4;
const FIRST_PAUSE_MS = 500;

export interface BegunUpload {
  readonly id: string;
  readonly partBytes: number;
}

export interface UploadPort {
  /** Begins the upload, or returns the one that was begun before for the same file. */
  readonly begin: () => Promise<BegunUpload>;
  readonly listParts: (upload: string, after: number) => Promise<PartList>;
  /** Sends bytes to a part's URL; reports how many of them have gone. */
  readonly put: (url: string, bytes: Blob, report: (sent: number) => void) => Promise<void>;
  readonly pause: (milliseconds: number) => Promise<void>;
  /** Once it is aborted nothing more is sent. */
  readonly signal: AbortSignal;
}

/** Uploads what is missing of `file` and returns the upload's id; reports the bytes that have been sent. */
export async function uploadFile(
  file: Blob,
  port: UploadPort,
  report: (sent: number) => void,
): Promise<string> {
  const { id, partBytes } = await port.begin();
  const sent = new Map<number, number>();
  const tell = (part: number, bytes: number): void => {
    sent.set(part, bytes);
    report([...sent.values()].reduce((sum, each) => sum + each, 0));
  };
  for (let after: number | null = 0; after !== null;) {
    const page: PartList = await port.listParts(id, after);
    await parallel(page.parts, PARTS_AT_ONCE, async (part) => {
      const start = (part.number - 1) * partBytes;
      if (part.url !== null) {
        const bytes = file.slice(start, start + part.bytes);
        await sendPart(id, part, bytes, port, (sentBytes) => tell(part.number, sentBytes));
      }
      tell(part.number, part.bytes);
    });
    after = page.next;
  }
  port.signal.throwIfAborted();
  return id;
}

async function sendPart(
  upload: string,
  { number, url }: UploadPart,
  bytes: Blob,
  port: UploadPort,
  report: (sent: number) => void,
): Promise<void> {
  for (let attempt = 1, target = url; target !== null; attempt++) {
    port.signal.throwIfAborted();
    try {
      await port.put(target, bytes, report);
      return;
    } catch (problem) {
      if (attempt === MOST_TRIES || port.signal.aborted) throw problem;
      report(0);
      await port.pause(FIRST_PAUSE_MS * 2 ** (attempt - 1));
      target = await freshUrl(upload, number, port);
    }
  }
}

/** The part's URL anew, as the one at hand may have expired; null where the part has come after all. */
async function freshUrl(upload: string, number: number, port: UploadPort): Promise<string | null> {
  const { parts } = await port.listParts(upload, number - 1);
  return parts.find((part) => part.number === number)?.url ?? null;
}
