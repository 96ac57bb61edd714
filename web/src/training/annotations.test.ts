import { describe, expect, it } from "vitest";
import { annotationsAmong } from "@/training/annotations";

describe("the annotations of a batch", () => {
  it("are its files of them, the one that describes the whole first", () =>
    expect(annotationsAmong(["set/labels/a.txt", "set/z/data.yaml", "set/coco.json", "set/a.jpg"])).toEqual([
      "set/coco.json",
      "set/z/data.yaml",
    ]));
  it("are the file of classes that YOLO's tools write", () =>
    expect(annotationsAmong(["set/classes.txt", "set/a.txt", "obj.names"])).toEqual([
      "obj.names",
      "set/classes.txt",
    ]));
  it.each([
    [["set/Annotations/a.xml", "set/Annotations/b.xml", "set/JPEGImages/a.jpg"], "set/Annotations"],
    [["set/train/a.xml", "set/valid/b.xml"], "set"],
    [["set/a.xml", "set/more/b.xml"], "set"],
  ])("are the folder of Pascal VOC's files: %j", (names, folder) =>
    expect(annotationsAmong(names)).toEqual([folder]),
  );
  it("are none where files without a folder are all there is", () =>
    expect(annotationsAmong(["a.xml", "set/b.xml", "a.jpg"])).toEqual([]));
});
