import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { uploadFile, type UploadPort } from "@/upload/uploadFile";

const PART = 8;
const PAGE = 3;

/** A service that holds parts in memory, lists three at a time, and fails as often as it is told to. */
function service(size: number, held: readonly number[] = [], failures = 0) {
  const parts = new Map<number, string>(held.map((number) => [number, "before"]));
  let left = failures;
  let urls = 0;
  const leaving = new AbortController();
  const port: UploadPort = {
    begin: () => Promise.resolve({ id: "u1", partBytes: PART }),
    listParts: (_upload, after) => {
      const all = Array.from({ length: Math.ceil(size / PART) }, (_, i) => i + 1).filter(
        (number) => number > after,
      );
      const page = all.slice(0, PAGE).map((number) => ({
        number,
        bytes: Math.min(PART, size - (number - 1) * PART),
        url: parts.has(number) ? null : `part/${number}?${urls++}`,
      }));
      return Promise.resolve({ parts: page, next: all.length > PAGE ? (page.at(-1)?.number ?? null) : null });
    },
    put: async (url, bytes, report) => {
      if (left-- > 0) throw new Error("403 Forbidden");
      report(bytes.size);
      parts.set(Number(/part\/(\d+)/.exec(url)?.[1]), await bytes.text());
    },
    pause: () => Promise.resolve(),
    signal: leaving.signal,
  };
  return { port, parts, leaving };
}

const text = (size: number): string =>
  Array.from({ length: size }, (_, i) => String.fromCharCode(97 + (i % 26))).join("");

describe("uploading a file", () => {
  it("puts every byte in its place, whatever the size", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 100 }), async (size) => {
        const { port, parts } = service(size);
        await uploadFile(new Blob([text(size)]), port, () => undefined);
        const whole = [...parts].sort(([a], [b]) => a - b).map(([, body]) => body);
        expect(whole.join("")).toBe(text(size));
      }),
    );
  });

  it("sends only what is missing when it goes on, and counts what was there", async () => {
    const { port, parts } = service(30, [1, 3]);
    const told: number[] = [];
    await uploadFile(new Blob([text(30)]), port, (sent) => told.push(sent));
    expect(parts.get(1)).toBe("before");
    expect(parts.get(2)).toBe(text(30).slice(8, 16));
    expect(told.at(-1)).toBe(30);
  });

  it("tries a part again with a fresh URL", async () => {
    const { port, parts } = service(20, [], 3);
    await uploadFile(new Blob([text(20)]), port, () => undefined);
    expect(parts.size).toBe(3);
  });

  it("sends nothing more once it is stopped, and does not end as if all were there", async () => {
    const { port, parts, leaving } = service(100);
    const stopped = uploadFile(new Blob([text(100)]), port, (sent) => sent >= 2 * PART && leaving.abort());
    await expect(stopped).rejects.toThrow("aborted");
    expect(parts.size).toBeLessThanOrEqual(5);
    const last = service(PART);
    const late = uploadFile(new Blob([text(PART)]), last.port, () => last.leaving.abort());
    await expect(late).rejects.toThrow("aborted");
  });

  it("gives up on a part that never goes through", async () => {
    const { port } = service(20, [], 100);
    await expect(uploadFile(new Blob([text(20)]), port, () => undefined)).rejects.toThrow("403");
  });
});
