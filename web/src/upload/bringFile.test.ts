import { describe, expect, it } from "vitest";
import { ApiError } from "@/api/errors";
import { bringFile } from "@/upload/bringFile";
import type { KeptUpload } from "@/upload/resumption";

const SENT: KeptUpload = { id: "before", partBytes: 8, stage: "sent" };

/** Brings a file to a service whose answers to `finish` are given, the last one for all that follow. */
async function brought(kept: KeptUpload | null, ...answers: (string | Error)[]) {
  const asked: string[] = [];
  const sent: string[] = [];
  const result = bringFile(new Blob(["a file"]), {
    port: {
      begin: () => Promise.resolve({ id: "anew", partBytes: 8 }),
      listParts: () => Promise.resolve({ parts: [{ number: 1, bytes: 6, url: "part/1" }], next: null }),
      put: () => Promise.resolve(),
      pause: () => Promise.resolve(),
      signal: new AbortController().signal,
    },
    kept,
    report: () => undefined,
    onSent: (upload) => sent.push(upload),
    finish: (upload) => {
      asked.push(upload);
      const answer = (answers.length > 1 ? answers.shift() : answers[0]) ?? "";
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
    },
  });
  const job = await result.catch((problem: unknown) => problem);
  return { job, asked, sent };
}

describe("bringing a file", () => {
  it("uploads it, then finishes that", async () => {
    expect(await brought(null, "j1")).toEqual({ job: "j1", asked: ["anew"], sent: ["anew"] });
  });

  it("asks again for what was sent before, and sends nothing", async () => {
    expect(await brought(SENT, "j1")).toEqual({ job: "j1", asked: ["before"], sent: [] });
  });

  it.each([new TypeError("Failed to fetch"), new ApiError(503, "Busy", "Busy.", "")])(
    "sends nothing anew while there is no answer: %s",
    async (lost) => expect(await brought(SENT, lost)).toEqual({ job: lost, asked: ["before"], sent: [] }),
  );

  it("uploads it anew where what was sent is gone", async () => {
    const gone = new ApiError(404, "NotFound", "There is no such upload.", "");
    expect(await brought(SENT, gone, "j2")).toEqual({ job: "j2", asked: ["before", "anew"], sent: ["anew"] });
  });
});
