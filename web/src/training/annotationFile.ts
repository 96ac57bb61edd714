/** Which of the files of a batch holds its annotations. */
import { kindOf } from "@/upload/mediaKinds";

/** The files that may: COCO's JSON, YOLO's YAML, a manifest; shallow ones first, as those describe the whole. */
export function annotationFiles(names: readonly string[]): string[] {
  const depth = (name: string): number => name.split("/").length;
  return names
    .filter((name) => kindOf(name) === "annotations")
    .sort((a, b) => depth(a) - depth(b) || (a < b ? -1 : 1));
}
