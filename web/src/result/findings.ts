/** What a result shows: the found appearances at a confidence threshold, with people's marks applied or not. */
import type { Analysis, Appearance } from "@/api/analysis.gen";
import type { FrameDetections } from "@/api/frames.gen";
import type { Mark } from "@/api/types";
import { findAppearances } from "@/exposure/appearances";
import { settle } from "@/exposure/doubts";
import { coveredArea, type Span, zoneOf } from "@/exposure/geometry";

export interface Findings {
  readonly frames: readonly FrameDetections[];
  readonly appearances: readonly Appearance[];
}

/**
 * The findings at `threshold` percent. At the threshold that the job ran with they are the document's own;
 * above it they are computed from the frames, by the same rules.
 */
export function findingsAt(
  analysis: Analysis,
  frames: readonly FrameDetections[],
  threshold: number,
): Findings {
  if (threshold <= analysis.model.min_confidence) return { frames, appearances: analysis.appearances };
  const settled = settle(frames, threshold);
  const found = findAppearances(settled, {
    durationSeconds: analysis.media.duration_seconds,
    rateHz: analysis.sampling.rate_hz,
    gaps: gapsOf(analysis),
  });
  return { frames: settled, appearances: found.map((one) => identified(one, analysis.appearances)) };
}

/** The mark that says an appearance is wrong, if there is one. */
export function wrongMarkOf(appearance: Appearance, marks: readonly Mark[]): Mark | undefined {
  return marks.find(({ mark }) => mark.kind === "wrong" && mark.appearance === appearance.id);
}

/** The frames without what people marked wrong: what is drawn over the video is what counts. */
export function framesWithout(
  frames: readonly FrameDetections[],
  appearances: readonly Appearance[],
  marks: readonly Mark[],
): readonly FrameDetections[] {
  const wrong = appearances.filter((appearance) => wrongMarkOf(appearance, marks));
  if (wrong.length === 0) return frames;
  return frames.map((frame) => ({
    ...frame,
    detections: frame.detections.filter(({ label }) => !wrong.some((one) => isAt(one, label, frame.seconds))),
  }));
}

function isAt(appearance: Appearance, label: string, seconds: number | null): boolean {
  if (appearance.label !== label) return false;
  if (seconds === null) return true;
  return startOf(appearance) <= seconds && seconds < (appearance.end_seconds ?? Infinity);
}

/**
 * The appearances as people corrected them: without those marked wrong, with those marked missed. What was
 * missed beside what was found of the same brand counts once.
 */
export function corrected(appearances: readonly Appearance[], marks: readonly Mark[]): Appearance[] {
  const right = appearances.filter((appearance) => !wrongMarkOf(appearance, marks));
  const missed = marks.flatMap((mark) => missedAppearances(mark, right));
  const ordered = [...right, ...missed].sort((a, b) => startOf(a) - startOf(b));
  const merged: Appearance[] = [];
  for (const next of ordered) {
    const at = merged.findLastIndex(({ label }) => label === next.label);
    const before = merged[at];
    if (before?.end_seconds != null && next.end_seconds !== null && startOf(next) < before.end_seconds) {
      merged[at] = { ...before, end_seconds: Math.max(before.end_seconds, next.end_seconds) };
    } else merged.push(next);
  }
  return merged;
}

/** The labels that a result can show: those found, and those that people say were missed. */
export function labelsOfResult(analysis: Analysis, marks: readonly Mark[]): string[] {
  const missed = marks.flatMap(({ mark }) => (mark.kind === "missed" ? [mark.label] : []));
  return [...new Set([...analysis.brands.map(({ label }) => label), ...missed])];
}

/** Tells appearances apart; parts of one that a higher threshold splits share its id. */
export function keyOf({ id, start_seconds }: Appearance): string {
  return `${id}@${start_seconds ?? 0}`;
}

/** Nobody measured how large a missed brand was: without a box it counts as large as it was elsewhere. */
function missedAppearances({ id, mark }: Mark, right: readonly Appearance[]): Appearance[] {
  if (mark.kind !== "missed") return [];
  const others = right.filter(({ label }) => label === mark.label);
  const mean = others.reduce((sum, one) => sum + one.mean_area_fraction, 0) / Math.max(others.length, 1);
  const box = mark.box ?? null;
  return [
    {
      id,
      label: mark.label,
      start_seconds: mark.start_seconds ?? null,
      end_seconds: mark.end_seconds ?? null,
      mean_area_fraction: box ? coveredArea([box]) : mean,
      zone: box && zoneOf(box),
      peak_confidence: 0,
      sharpness: null,
      others_on_screen: [],
      proof_frame: { index: 0, seconds: mark.start_seconds ?? null, file: "", box },
    },
  ];
}

function startOf(appearance: Appearance): number {
  return appearance.start_seconds ?? 0;
}

function gapsOf({ warnings }: Analysis): Span[] {
  return warnings.flatMap(({ start_seconds: start, end_seconds: end }): Span[] =>
    start === null || end === null ? [] : [[start, end]],
  );
}

/** Computed appearances have no ids to mark them by: each gets that of the found one it is part of. */
function identified(appearance: Appearance, found: readonly Appearance[]): Appearance {
  const at = appearance.proof_frame.seconds ?? 0;
  const whole = found.find(
    (one) => one.label === appearance.label && startOf(one) <= at && at <= (one.end_seconds ?? 0),
  );
  if (!whole) return appearance;
  return { ...appearance, id: whole.id, sharpness: whole.sharpness, proof_frame: whole.proof_frame };
}
