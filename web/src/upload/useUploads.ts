import { useEffect, useReducer, useRef } from "react";
import { useApi } from "@/api/ApiContext";
import { useSession } from "@/session/SessionContext";
import { problemInWords } from "@/shared/Failure";
import { apiUpload } from "@/upload/apiUploads";
import { bringFile } from "@/upload/bringFile";
import { parallel } from "@/upload/parallel";
import { placeName, type UploadPlace } from "@/upload/place";
import { fingerprint, forget, recall, remember } from "@/upload/resumption";
import { changed, isPending, type NamedFile, type UploadItem } from "@/upload/uploads";

const FILES_AT_ONCE = 2;

export interface Uploads {
  readonly items: readonly UploadItem[];
  readonly add: (files: readonly NamedFile[]) => void;
  readonly remove: (name: string) => void;
  readonly clear: () => void;
  /**
   * Uploads whatever is not there yet. `finish` is called with each file's upload as it comes, and gives the id
   * of the job that it became, if any. A file that fails holds up no other; returns whether none did. Where the
   * page is left, nothing more is sent and `finish` is not called any more. What has come into a batch stays
   * remembered until the batch is forgotten, a file to be analyzed until it is a job.
   */
  readonly start: (
    place: UploadPlace,
    finish: (upload: string, item: UploadItem) => Promise<string | null>,
  ) => Promise<boolean>;
}

/** The files of a page, and their uploading. */
export function useUploads(): Uploads {
  const api = useApi();
  const { user } = useSession();
  const [items, change] = useReducer(changed, []);
  const stop = useRef<AbortController>(null);
  useEffect(() => () => stop.current?.abort(), []);
  const start: Uploads["start"] = async (place, finish) => {
    const { signal } = (stop.current = new AbortController());
    let isWhole = true;
    // A batch may be another one than at the last try, and then nothing is in it.
    const due = place.batch === null ? items.filter(isPending) : items;
    await parallel(due, FILES_AT_ONCE, async (item) => {
      if (signal.aborted) {
        isWhole = false;
        return;
      }
      const { name, file } = item;
      const key = fingerprint(placeName(user, place), item);
      const now = Date.now();
      const kept = recall(key, localStorage, now);
      if (kept?.stage === "finished") {
        change({ kind: "done", name, jobId: null });
        return;
      }
      const reached = (stage: "sent" | "finished"): void => {
        const upload = recall(key, localStorage, now);
        if (upload) remember(key, { ...upload, stage }, localStorage, Date.now());
      };
      change({ kind: "begin", name });
      try {
        const jobId = await bringFile(file, {
          port: apiUpload(api, place, item, key, signal),
          kept,
          report: (bytes) => change({ kind: "sent", name, bytes }),
          onSent: () => {
            reached("sent");
            change({ kind: "uploaded", name });
          },
          finish: (upload) => finish(upload, item),
        });
        if (place.batch === null) forget(key, localStorage);
        else reached("finished");
        change({ kind: "done", name, jobId });
      } catch (problem) {
        isWhole = false;
        change({ kind: "fail", name, error: problemInWords(problem) });
      }
    });
    return isWhole;
  };
  return {
    items,
    add: (files) => change({ kind: "add", files }),
    remove: (name) => change({ kind: "remove", name }),
    clear: () => change({ kind: "clear" }),
    start,
  };
}
