/** Remembers which upload was begun for a file and how far it is, so that the file, dropped again, goes on there. */
import type { BegunUpload } from "@/upload/uploadFile";
import type { NamedFile } from "@/upload/uploads";

const PREFIX = "brandlens-upload:";

/** For so long what was sent is taken to be there, and what was asked to be meant once. */
export const TRUSTED_MS = 24 * 3600 * 1000;

/** `sent`: all its parts have come, and it was asked to be made a file of. `finished`: it is that file. */
type Stage = "begun" | "sent" | "finished";

export interface KeptUpload extends BegunUpload {
  readonly stage: Stage;
}

interface Kept extends KeptUpload {
  readonly since: number;
}

/** Tells a file from another: where it goes, its name, size and when it was last changed. */
export function fingerprint(place: string, { name, file }: NamedFile): string {
  return `${prefixOf(place)}${name}:${file.size}:${file.lastModified}`;
}

/** The fingerprints of all files that are remembered to go to a place. */
export function rememberedIn(place: string, storage: Storage): string[] {
  return Object.keys(storage).filter((key) => key.startsWith(prefixOf(place)));
}

export function recall(key: string, storage: Storage, now: number): KeptUpload | null {
  const text = storage.getItem(key);
  if (text === null) return null;
  const { id, partBytes, stage, since } = JSON.parse(text) as Kept;
  return { id, partBytes, stage: now - since < TRUSTED_MS ? stage : "begun" };
}

export function remember(key: string, upload: KeptUpload, storage: Storage, now: number): void {
  const kept: Kept = { ...upload, since: now };
  storage.setItem(key, JSON.stringify(kept));
}

export function forget(key: string, storage: Storage): void {
  storage.removeItem(key);
}

function prefixOf(place: string): string {
  return `${PREFIX}${place}:`;
}
