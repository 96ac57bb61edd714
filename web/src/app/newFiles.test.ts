// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { reloadForNewFiles } from "@/app/newFiles";

const NOON = Date.parse("2026-03-09T12:00:00Z");

describe("a page that misses files", () => {
  beforeEach(() => sessionStorage.clear());
  afterEach(() => vi.unstubAllGlobals());

  const reloads = async (answer: Promise<Response>, ...moments: number[]): Promise<number> => {
    vi.stubGlobal("fetch", () => answer);
    const reload = vi.fn<() => void>();
    for (const moment of moments) await reloadForNewFiles(reload, moment);
    return reload.mock.calls.length;
  };

  it("is loaded anew, but not for ever", async () => {
    const there = Promise.resolve(Response.json({}));
    expect(await reloads(there, NOON, NOON + 1_000, NOON + 59_000)).toBe(1);
    expect(await reloads(there, NOON + 61_000)).toBe(1);
  });

  it("stays where the portal cannot be reached, and is loaded anew when it can", async () => {
    expect(await reloads(Promise.reject(new TypeError("Failed to fetch")), NOON)).toBe(0);
    expect(await reloads(Promise.resolve(new Response("", { status: 503 })), NOON)).toBe(0);
    expect(await reloads(Promise.resolve(Response.json({})), NOON + 1_000)).toBe(1);
  });
});
