/** What a file's headers tell, read by the browser: what a quote needs before anything is uploaded. */
import type { QuotedMedia } from "@/api/types";
import { kindOf } from "@/upload/mediaKinds";
import type { NamedFile } from "@/upload/uploads";

/** The file's size and length, or null where this browser cannot read its format. */
export async function readMedia({ name, file }: NamedFile): Promise<QuotedMedia | null> {
  const kind = kindOf(name);
  const url = URL.createObjectURL(file);
  try {
    if (kind === "video") return await readVideo(name, url);
    return kind === "image" ? await readImage(name, url) : null;
  } catch {
    return null;
  } finally {
    URL.revokeObjectURL(url);
  }
}

function readVideo(name: string, url: string): Promise<QuotedMedia> {
  return new Promise((resolve, reject) => {
    const video = document.createElement("video");
    video.preload = "metadata";
    video.muted = true;
    video.onloadedmetadata = () => {
      const { videoWidth: width, videoHeight: height, duration } = video;
      if (width > 0 && Number.isFinite(duration)) {
        resolve({ name, kind: "video", width, height, duration_seconds: duration, frame_rate: null });
      } else reject(new Error(name));
    };
    video.onerror = () => reject(new Error(name));
    video.src = url;
  });
}

async function readImage(name: string, url: string): Promise<QuotedMedia> {
  const image = new Image();
  image.src = url;
  await image.decode();
  const { naturalWidth: width, naturalHeight: height } = image;
  return { name, kind: "image", width, height, duration_seconds: null, frame_rate: null };
}
