import { describe, expect, it } from "vitest";
import { changed, isPending, overallProgress, type UploadChange, type UploadItem } from "@/upload/uploads";

const file = (name: string, size = 10): { name: string; file: File } => ({
  name,
  file: new File([new Uint8Array(size)], name),
});

function after(...changes: UploadChange[]): readonly UploadItem[] {
  return changes.reduce<readonly UploadItem[]>(changed, []);
}

describe("the files to be uploaded", () => {
  it("hold a file that was dropped twice once", () => {
    const items = after(
      { kind: "add", files: [file("a"), file("a")] },
      { kind: "add", files: [file("a"), file("b")] },
    );
    expect(items.map(({ name }) => name)).toEqual(["a", "b"]);
  });

  it("wait for their turn again after a failure, and keep why", () => {
    const items = after({ kind: "add", files: [file("a")] }, { kind: "fail", name: "a", error: "no room" });
    expect(items[0]).toMatchObject({ status: "failed", error: "no room" });
    expect(items.filter(isPending)).toHaveLength(1);
    expect(changed(items, { kind: "begin", name: "a" })[0]).toMatchObject({ status: "uploading", error: "" });
  });

  it("progress by bytes, not by files", () => {
    const items = after(
      { kind: "add", files: [file("small", 10), file("large", 90)] },
      { kind: "uploaded", name: "small" },
    );
    expect(overallProgress(items)).toBeCloseTo(0.1);
    expect(overallProgress([])).toBe(0);
  });

  it("lead to their jobs once these have begun", () => {
    const items = after({ kind: "add", files: [file("a")] }, { kind: "done", name: "a", jobId: "j1" });
    expect(items[0]).toMatchObject({ status: "done", jobId: "j1" });
    expect(items.filter(isPending)).toEqual([]);
  });
});
