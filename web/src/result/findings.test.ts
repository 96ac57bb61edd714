import { describe, expect, it } from "vitest";
import type { Analysis, Appearance } from "@/api/analysis.gen";
import type { Mark } from "@/api/types";
import { summarizeBrands } from "@/exposure/metrics";
import { corrected, findingsAt, framesWithout, labelsOfResult } from "@/result/findings";

const appearance = (id: string, label: string, start: number, end: number): Appearance => ({
  id,
  label,
  start_seconds: start,
  end_seconds: end,
  mean_area_fraction: 0.1,
  zone: "top-left",
  peak_confidence: 90,
  sharpness: 0.5,
  others_on_screen: [],
  proof_frame: { index: start * 2, seconds: start, file: "frames/0.jpg", box: null },
});

const mark = (id: string, what: Mark["mark"]): Mark => ({
  id,
  job_id: "j",
  project: "p",
  by: "ina@example.com",
  created_at: "2026-03-14T09:00:00Z",
  mark: what,
  trained_by: null,
});
const wrong = (id: string): Mark => mark(`w${id}`, { kind: "wrong", appearance: id, note: "" });
const missed = (label: string, start: number, end: number): Mark =>
  mark("m", { kind: "missed", label, start_seconds: start, end_seconds: end, box: null, note: "" });

const found = [appearance("a1", "Acme", 0, 10), appearance("a2", "Globex", 5, 8)];
const seconds = (appearances: readonly Appearance[]): Record<string, number | null> =>
  Object.fromEntries(summarizeBrands(appearances).map((brand) => [brand.label, brand.on_screen_seconds]));

describe("marks", () => {
  it("take what is wrong off the picture while it is there, and nothing else", () => {
    const both = ["Acme", "Globex"].map((label) => ({ label, confidence: 90, box: null }));
    const frames = [5, 12].map((at) => ({
      index: at,
      seconds: at,
      frame: null,
      carried_from: null,
      detections: both,
    }));
    const shown = framesWithout(frames, found, [wrong("a1")]);
    expect(shown.map(({ detections }) => detections.map(({ label }) => label))).toEqual([
      ["Globex"],
      ["Acme", "Globex"],
    ]);
    expect(framesWithout(frames, found, [])).toBe(frames);
  });
  it("take what is wrong out of the totals", () => {
    expect(seconds(corrected(found, [wrong("a1")]))).toEqual({ Globex: 3 });
  });

  it("add what was missed, of a brand that was found or not", () => {
    expect(seconds(corrected(found, [missed("Initech", 2, 4)]))).toEqual({ Acme: 10, Globex: 3, Initech: 2 });
    expect(seconds(corrected(found, [missed("Globex", 20, 25)]))).toEqual({ Acme: 10, Globex: 8 });
  });

  it("count once what was missed beside what was found", () => {
    expect(seconds(corrected(found, [missed("Acme", 8, 12)]))).toEqual({ Acme: 12, Globex: 3 });
  });

  it("measure what of a missed brand's box lies in the picture", () => {
    const box = { left: -0.25, top: 0, width: 0.5, height: 0.5 };
    const [one] = corrected(
      [],
      [mark("m", { kind: "missed", label: "Acme", start_seconds: 1, end_seconds: 2, box, note: "" })],
    );
    expect(one?.mean_area_fraction).toBe(0.125);
  });

  it("change nothing where there are none", () => {
    expect(corrected(found, [])).toEqual(found);
  });
});

describe("findings at a threshold", () => {
  const detection = { label: "Acme", confidence: 60, box: { left: 0, top: 0, width: 0.2, height: 0.2 } };
  const frames = [0, 1, 2, 3].map((index) => ({
    index,
    seconds: index / 2,
    frame: null,
    carried_from: null,
    detections: [detection],
  }));
  const analysis = {
    model: { min_confidence: 50 },
    media: { duration_seconds: 2 },
    sampling: { rate_hz: 2 },
    warnings: [],
    brands: summarizeBrands([appearance("a9", "Acme", 0, 2)]),
    appearances: [appearance("a9", "Acme", 0, 2)],
  } as unknown as Analysis;

  it("are the document's own where the job ran", () => {
    expect(findingsAt(analysis, frames, 50).appearances).toBe(analysis.appearances);
  });

  it("keep the names that marks know them by, above it", () => {
    expect(findingsAt(analysis, frames, 55).appearances.map(({ id }) => id)).toEqual(["a9"]);
  });

  it("are none where no track reaches it", () => {
    expect(findingsAt(analysis, frames, 61).appearances).toEqual([]);
  });

  it("offer labels that were only missed too", () => {
    expect(labelsOfResult(analysis, [missed("Globex", 0, 1)])).toEqual(["Acme", "Globex"]);
  });
});
