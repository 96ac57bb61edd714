import { useEffect, useReducer, useRef } from "react";
import { useApi } from "@/api/ApiContext";
import { problemInWords } from "@/shared/Failure";
import { apiUpload, forgetUpload, type UploadPlace } from "@/upload/apiUploads";
import { parallel } from "@/upload/parallel";
import { fingerprint } from "@/upload/resumption";
import { uploadFile } from "@/upload/uploadFile";
import { changed, isPending, type NamedFile, type UploadItem } from "@/upload/uploads";

const FILES_AT_ONCE = 2;

interface Uploads {
  readonly items: readonly UploadItem[];
  readonly add: (files: readonly NamedFile[]) => void;
  readonly remove: (name: string) => void;
  readonly clear: () => void;
  /**
   * Uploads whatever is not there yet. `finish` is called with each file's upload as it comes, and gives the id
   * of the job that it became, if any. A file that fails holds up no other; returns whether none did. Where the
   * page is left, nothing more is sent and `finish` is not called any more.
   */
  readonly start: (
    place: UploadPlace,
    finish: (upload: string, item: UploadItem) => Promise<string | null>,
  ) => Promise<boolean>;
}

/** The files of a page, and their uploading. */
export function useUploads(): Uploads {
  const api = useApi();
  const [items, change] = useReducer(changed, []);
  const stop = useRef<AbortController>(null);
  useEffect(() => () => stop.current?.abort(), []);
  const start: Uploads["start"] = async (place, finish) => {
    const { signal } = (stop.current = new AbortController());
    let isWhole = true;
    await parallel(items.filter(isPending), FILES_AT_ONCE, async (item) => {
      const { name, file } = item;
      const key = fingerprint(`${place.project}/${place.purpose}/${place.batch ?? ""}`, name, file);
      change({ kind: "begin", name });
      try {
        const upload = await uploadFile(file, apiUpload(api, place, item, key, signal), (bytes) =>
          change({ kind: "sent", name, bytes }),
        );
        change({ kind: "uploaded", name });
        const jobId = await finish(upload, item);
        forgetUpload(key);
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
