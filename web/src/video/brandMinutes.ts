/** Seconds on screen of each brand in each minute of the video. */
import type { Appearance } from "@/api/analysis.gen";
import { groupBy } from "@/shared/groupBy";

export interface BrandMinutes {
  readonly label: string;
  /** Seconds on screen, by minute. */
  readonly seconds: readonly number[];
}

export function perMinute(appearances: readonly Appearance[], durationSeconds: number): BrandMinutes[] {
  const minutes = Math.max(1, Math.ceil(durationSeconds / 60));
  return [...groupBy(appearances, ({ label }) => label)]
    .map(([label, own]) => ({
      label,
      seconds: Array.from({ length: minutes }, (_, minute) =>
        own.reduce((total, appearance) => total + within(appearance, minute * 60), 0),
      ),
    }))
    .sort((a, b) => (a.label < b.label ? -1 : 1));
}

/** For how long the appearance shows in the minute that begins at `start`. */
function within(appearance: Appearance, start: number): number {
  const from = Math.max(appearance.start_seconds ?? 0, start);
  return Math.max(Math.min(appearance.end_seconds ?? 0, start + 60) - from, 0);
}
