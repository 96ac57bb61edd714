import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Appearance, BrandSummary } from "@/api/analysis.gen";
import type { FrameDetections } from "@/api/frames.gen";
import { findAppearances } from "@/exposure/appearances";
import { settle } from "@/exposure/doubts";
import { summarizeBrands } from "@/exposure/metrics";

interface Case {
  readonly name: string;
  readonly duration_seconds: number | null;
  readonly rate_hz: number | null;
  readonly gaps: readonly (readonly [number, number])[];
  readonly frames: FrameDetections[];
  readonly answers: readonly {
    readonly threshold: number;
    readonly appearances: Appearance[];
    readonly brands: BrandSummary[];
  }[];
}

// Written by `python -m tests.web.exposure_cases` from the library's own answers.
const CASES = JSON.parse(readFileSync(new URL("./parity.json", import.meta.url), "utf8")) as Case[];

describe("what the page computes is what the library computes", () => {
  it.each(CASES)("$name", ({ duration_seconds, rate_hz, gaps, frames, answers }) => {
    for (const { threshold, appearances, brands } of answers) {
      const settled = settle(frames, threshold);
      const found = findAppearances(settled, { durationSeconds: duration_seconds, rateHz: rate_hz, gaps });
      expect(rounded(found)).toEqual(rounded(appearances));
      expect(rounded(summarizeBrands(found))).toEqual(rounded(brands));
    }
  });
});

/** Figures to nine decimals: the last bits depend on the order of sums. */
function rounded(value: unknown): unknown {
  const figure = (_name: string, one: unknown): unknown =>
    typeof one === "number" ? Number(one.toFixed(9)) : one;
  return JSON.parse(JSON.stringify(value, figure));
}
