/** What a file's name says it is. What it truly is, its content says, once it is dropped. */
const VIDEO = /\.(mp4|m4v|mov)$/i;
const IMAGE = /\.(jpe?g|png)$/i;
const ANNOTATIONS = /\.(json|ya?ml|manifest)$|(^|\/)(classes\.txt|obj\.names)$/i;
const LABELS = /\.(txt|xml)$/i;

export type FileKind = "video" | "image" | "annotations" | "labels" | "other";

export function kindOf(name: string): FileKind {
  if (VIDEO.test(name)) return "video";
  if (IMAGE.test(name)) return "image";
  if (ANNOTATIONS.test(name)) return "annotations";
  return LABELS.test(name) ? "labels" : "other";
}

export function isMedia(name: string): boolean {
  const kind = kindOf(name);
  return kind === "video" || kind === "image";
}
