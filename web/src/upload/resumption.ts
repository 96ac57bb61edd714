/** Remembers which upload was begun for a file, so that dropping the file again goes on where it broke off. */
import type { BegunUpload } from "@/upload/uploadFile";

const PREFIX = "brandlens-upload:";

/** Tells a file from another: where it goes, its name, size and when it was last changed. */
export function fingerprint(place: string, name: string, file: File): string {
  return `${PREFIX}${place}:${name}:${file.size}:${file.lastModified}`;
}

export function recall(key: string, storage: Storage): BegunUpload | null {
  const kept = storage.getItem(key);
  return kept === null ? null : (JSON.parse(kept) as BegunUpload);
}

export function remember(key: string, { id, partBytes }: BegunUpload, storage: Storage): void {
  storage.setItem(key, JSON.stringify({ id, partBytes }));
}

export function forget(key: string, storage: Storage): void {
  storage.removeItem(key);
}
