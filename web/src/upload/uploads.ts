/** What is to be uploaded and how far it is: state and the changes that it may undergo, without any I/O. */
export type UploadStatus = "waiting" | "uploading" | "uploaded" | "done" | "failed";

export interface UploadItem {
  /** The path below the folder that was dropped; unique among the items. */
  readonly name: string;
  readonly file: File;
  readonly status: UploadStatus;
  readonly sentBytes: number;
  readonly error: string;
  /** What came of the file once it was there: the id of its job. */
  readonly jobId: string | null;
}

export interface NamedFile {
  readonly name: string;
  readonly file: File;
}

export type UploadChange =
  | { readonly kind: "add"; readonly files: readonly NamedFile[] }
  | { readonly kind: "remove"; readonly name: string }
  | { readonly kind: "begin"; readonly name: string }
  | { readonly kind: "sent"; readonly name: string; readonly bytes: number }
  | { readonly kind: "uploaded"; readonly name: string }
  | { readonly kind: "done"; readonly name: string; readonly jobId: string | null }
  | { readonly kind: "fail"; readonly name: string; readonly error: string }
  | { readonly kind: "clear" };

export function changed(items: readonly UploadItem[], change: UploadChange): readonly UploadItem[] {
  const set = (name: string, values: Partial<UploadItem>): readonly UploadItem[] =>
    items.map((item) => (item.name === name ? { ...item, ...values } : item));
  switch (change.kind) {
    case "add":
      return [...items, ...fresh(items, change.files)];
    case "remove":
      return items.filter(({ name }) => name !== change.name);
    case "begin":
      return set(change.name, { status: "uploading", error: "", sentBytes: 0 });
    case "sent":
      return set(change.name, { sentBytes: change.bytes });
    case "uploaded":
      return set(change.name, { status: "uploaded" }).map(wholly);
    case "done":
      return set(change.name, { status: "done", jobId: change.jobId }).map(wholly);
    case "fail":
      return set(change.name, { status: "failed", error: change.error });
    case "clear":
      return [];
  }
}

/** How many bytes of all files have been sent, from 0 to 1. */
export function overallProgress(items: readonly UploadItem[]): number {
  const total = items.reduce((sum, { file }) => sum + file.size, 0);
  const sent = items.reduce((sum, { sentBytes }) => sum + sentBytes, 0);
  return total === 0 ? 0 : Math.min(sent / total, 1);
}

export function isPending({ status }: UploadItem): boolean {
  return status === "waiting" || status === "failed";
}

/** What has arrived was sent to its last byte, now or on an earlier visit. */
function wholly(item: UploadItem): UploadItem {
  return item.status === "uploaded" || item.status === "done" ? { ...item, sentBytes: item.file.size } : item;
}

/** A file that was dropped twice is one. */
function fresh(items: readonly UploadItem[], files: readonly NamedFile[]): UploadItem[] {
  const known = new Set(items.map(({ name }) => name));
  const added: UploadItem[] = [];
  for (const { name, file } of files) {
    if (known.has(name)) continue;
    known.add(name);
    added.push({ name, file, status: "waiting", sentBytes: 0, error: "", jobId: null });
  }
  return added;
}
