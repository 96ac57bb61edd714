/** Where appearances lie on the timeline, as fractions of its width: one row a brand. */
import type { Appearance } from "@/api/analysis.gen";
import { groupBy } from "@/shared/groupBy";

export interface TimelineBar {
  readonly id: string;
  readonly left: number;
  readonly width: number;
}

export interface TimelineRow {
  readonly label: string;
  readonly bars: readonly TimelineBar[];
}

/** Rows by the order of `labels`; a label without any appearance keeps its row, so that rows do not jump. */
export function timelineRows(
  labels: readonly string[],
  appearances: readonly Appearance[],
  durationSeconds: number,
): TimelineRow[] {
  const byLabel = groupBy(appearances, ({ label }) => label);
  return labels.map((label) => ({
    label,
    bars: (byLabel.get(label) ?? []).map(({ id, start_seconds, end_seconds }) => ({
      id,
      left: (start_seconds ?? 0) / durationSeconds,
      width: ((end_seconds ?? 0) - (start_seconds ?? 0)) / durationSeconds,
    })),
  }));
}

const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600];

/** Times to label on the axis: at round numbers, at most `most` of them. */
export function ticks(durationSeconds: number, most: number): number[] {
  const step =
    STEPS.find((one) => durationSeconds / one <= most) ?? Math.ceil(durationSeconds / most / 3600) * 3600;
  return Array.from({ length: Math.floor(durationSeconds / step) + 1 }, (_, i) => i * step);
}
