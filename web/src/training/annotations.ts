/** What of a batch may say where the brands are. */
import { kindOf } from "@/upload/mediaKinds";

const VOC = /\.xml$/i;

/**
 * The files that may, shallow ones first, as those describe the whole; then the folder of all XML files, as
 * Pascal VOC has one for each picture.
 */
export function annotationsAmong(names: readonly string[]): string[] {
  const depth = (name: string): number => name.split("/").length;
  const files = names
    .filter((name) => kindOf(name) === "annotations")
    .sort((a, b) => depth(a) - depth(b) || (a < b ? -1 : 1));
  const folder = sharedFolder(names.filter((name) => VOC.test(name)));
  return folder ? [...files, folder] : files;
}

/** The deepest folder that holds them all; empty where there is none. */
function sharedFolder(names: readonly string[]): string {
  const [first = [], ...others] = names.map((name) => name.split("/").slice(0, -1));
  const apart = first.findIndex((step, place) => others.some((other) => other[place] !== step));
  return first.slice(0, apart < 0 ? first.length : apart).join("/");
}
