/**
 * The batch that a project's files are uploaded into, remembered so that a reload goes on with it. It is forgotten
 * when its training has begun, when the service says that it cannot be trained on, and when other files are chosen
 * or something else is asked: what is in it already would be trained on as well.
 */
import { placeName, type UploadPlace } from "@/upload/place";
import { fingerprint, forget, recall, rememberedIn, TRUSTED_MS } from "@/upload/resumption";
import type { NamedFile } from "@/upload/uploads";

const PREFIX = "brandlens-batch:";

/** What is asked of a batch besides its files. */
export interface Wish {
  readonly annotations: string | null;
  readonly marks: readonly string[];
}

/** A batch as a place. */
export interface BatchPlace extends UploadPlace {
  readonly batch: string;
}

interface Asked extends Wish {
  /** Fingerprints. */
  readonly files: readonly string[];
  /** When (Unix time in milliseconds). */
  readonly at: number;
}

interface KeptBatch {
  readonly batch: string;
  /** What was asked for when its training was begun and no answer came; null before that. */
  readonly asked: Asked | null;
}

/** A name for a batch, after the moment it is begun at: `portal-20260131-142503`. */
export function batchName(now: Date): string {
  const [date = "", time = ""] = now.toISOString().split("T");
  return `portal-${date.replaceAll("-", "")}-${time.slice(0, 8).replaceAll(":", "")}`;
}

/** A person's batches of one project. */
export class Batches {
  constructor(
    private readonly user: string,
    private readonly project: string,
    private readonly storage: Storage,
  ) {}

  /** The batch to upload the files into: the one at hand where it would be trained on just as is wished. */
  open(files: readonly NamedFile[], wish: Wish, now: Date): BatchPlace {
    const kept = this.kept();
    if (kept) {
      const place = this.placeOf(kept.batch);
      const { asked } = kept;
      const isFresh = asked !== null && now.getTime() - asked.at < TRUSTED_MS;
      if (asked === null ? this.holdsOnly(files, place) : isFresh && this.isSame(asked, files, wish, place))
        return place;
      this.forget(place);
    }
    const place = this.placeOf(batchName(now));
    this.keep(place, null);
    return place;
  }

  /** Remembers that the training of the batch is asked for. */
  asks(place: BatchPlace, files: readonly NamedFile[], wish: Wish, now: Date): void {
    this.keep(place, { ...wish, files: this.fingerprints(files, place), at: now.getTime() });
  }

  /** Remembers that it was refused: something may be changed, and asked again. */
  wasRefused(place: BatchPlace): void {
    this.keep(place, null);
  }

  /** Forgets a batch and what was uploaded into it. */
  forget(place: BatchPlace): void {
    for (const key of this.uploadsIn(place)) forget(key, this.storage);
    if (this.kept()?.batch === place.batch) this.storage.removeItem(this.key);
  }

  /** Leaves out a file that has not come into the batch. */
  leaveOut(file: NamedFile, now: Date): void {
    const kept = this.kept();
    if (!kept) return;
    const key = fingerprint(this.nameOf(this.placeOf(kept.batch)), file);
    if (recall(key, this.storage, now.getTime())?.stage === "begun") forget(key, this.storage);
  }

  private get key(): string {
    return `${PREFIX}${this.user}/${this.project}`;
  }

  private kept(): KeptBatch | null {
    return JSON.parse(this.storage.getItem(this.key) ?? "null") as KeptBatch | null;
  }

  private keep({ batch }: BatchPlace, asked: Asked | null): void {
    this.storage.setItem(this.key, JSON.stringify({ batch, asked }));
  }

  private holdsOnly(files: readonly NamedFile[], place: UploadPlace): boolean {
    const chosen = new Set(this.fingerprints(files, place));
    return this.uploadsIn(place).every((key) => chosen.has(key));
  }

  /** Marks that the lost answer was about are no longer offered if the service has taken them. */
  private isSame(asked: Asked, files: readonly NamedFile[], wish: Wish, place: UploadPlace): boolean {
    const chosen = this.fingerprints(files, place);
    return (
      wish.annotations === asked.annotations &&
      wish.marks.every((mark) => asked.marks.includes(mark)) &&
      chosen.length === asked.files.length &&
      chosen.every((file) => asked.files.includes(file))
    );
  }

  private fingerprints(files: readonly NamedFile[], place: UploadPlace): string[] {
    return files.map((file) => fingerprint(this.nameOf(place), file));
  }

  private uploadsIn(place: UploadPlace): string[] {
    return rememberedIn(this.nameOf(place), this.storage);
  }

  private nameOf(place: UploadPlace): string {
    return placeName(this.user, place);
  }

  private placeOf(batch: string): BatchPlace {
    return { project: this.project, purpose: "train", batch };
  }
}
