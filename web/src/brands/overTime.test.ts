import { describe, expect, it } from "vitest";
import type { JobExposures } from "@/api/types";
import { overTime } from "@/brands/overTime";

const job = (day: number, brands: Record<string, number>): JobExposures => ({
  job_id: "j",
  name: "match.mp4",
  created_at: new Date(2026, 2, day, 12).toISOString(),
  duration_seconds: 60,
  brands: Object.entries(brands).map(([label, seconds]) => ({
    label,
    on_screen_seconds: seconds,
    appearances: 1,
    first_seen_seconds: 0,
    last_seen_seconds: seconds,
    mean_area_fraction: 0.1,
    peak_confidence: 90,
    share_of_voice: 1,
  })),
});
const jobs = [job(3, { Acme: 30 }), job(1, { Acme: 10, Globex: 10 }), job(1, { Globex: 20 })];

describe("brands over time", () => {
  it("add up what a day's analyses found, in order of days", () => {
    const [acme, globex] = overTime(jobs, "seconds");
    expect(acme?.points.map(({ value }) => value)).toEqual([10, 30]);
    expect(globex?.points.map(({ value }) => value)).toEqual([30, 0]);
  });

  it("share a day's seconds", () => {
    expect(overTime(jobs, "share").map(({ points }) => points.map(({ value }) => value))).toEqual([
      [25, 100],
      [75, 0],
    ]);
  });
});
