import { type Api, answered } from "@/api/client";
import { isRefusal } from "@/api/errors";
import type { UploadPlace } from "@/upload/place";
import { putPart } from "@/upload/putPart";
import { recall, remember } from "@/upload/resumption";
import type { BegunUpload, UploadPort } from "@/upload/uploadFile";
import type { NamedFile } from "@/upload/uploads";

/** Uploads a file through the API until `signal` is aborted; `key` is what its upload is remembered by. */
export function apiUpload(
  api: Api,
  place: UploadPlace,
  { name, file }: NamedFile,
  key: string,
  signal: AbortSignal,
): UploadPort {
  const listParts: UploadPort["listParts"] = (upload, after) =>
    answered(api.GET("/uploads/{upload}/parts", { params: { path: { upload }, query: { after } } }));

  /** Whether the upload that was begun before is still there. */
  const stands = async ({ id }: BegunUpload): Promise<boolean> => {
    try {
      await listParts(id, 0);
      return true;
    } catch (problem) {
      if (isRefusal(problem)) return false;
      throw problem;
    }
  };

  const begin = async (): Promise<BegunUpload> => {
    const before = recall(key, localStorage, Date.now());
    if (before && (await stands(before))) return before;
    const { id, part_bytes: partBytes } = await answered(
      api.POST("/uploads", { body: { ...place, name, bytes: file.size } }),
    );
    remember(key, { id, partBytes, stage: "begun" }, localStorage, Date.now());
    return { id, partBytes };
  };

  const pause = (milliseconds: number): Promise<void> =>
    new Promise((resolve) => setTimeout(resolve, milliseconds));
  const put: UploadPort["put"] = (url, bytes, report) => putPart(url, bytes, report, signal);
  return { begin, listParts, put, pause, signal };
}
