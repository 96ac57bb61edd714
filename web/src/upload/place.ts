/** Where files are uploaded to. */
export interface UploadPlace {
  readonly project: string;
  readonly purpose: "analyze" | "train";
  /** The training batch; null for files to be analyzed. */
  readonly batch: string | null;
}

/** Tells a place from another, and one person's from another's: nobody goes on with others' uploads. */
export function placeName(user: string, { project, purpose, batch }: UploadPlace): string {
  return `${user}/${project}/${purpose}/${batch ?? ""}`;
}
