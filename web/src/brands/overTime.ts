/** What a project's analyses found, put together by brand and day. */
import type { JobExposures } from "@/api/types";
import { groupBy } from "@/shared/groupBy";

export type Measure = "seconds" | "share" | "appearances";

export interface BrandSeries {
  readonly label: string;
  readonly points: readonly { readonly day: Date; readonly value: number }[];
}

interface Sums {
  seconds: number;
  appearances: number;
}

/**
 * One series a brand, with a point for each day (in the reader's time zone) that had an analysis. A share is
 * that of the brand's seconds in the seconds of all brands of that day.
 */
export function overTime(jobs: readonly JobExposures[], measure: Measure): BrandSeries[] {
  const byDay = [...groupBy(jobs, ({ created_at: at }) => dayOf(at))].sort(([a], [b]) => a - b);
  const labels = [...new Set(jobs.flatMap(({ brands }) => brands.map(({ label }) => label)))].sort();
  const sums = byDay.map(([day, ofDay]) => ({ day: new Date(day), of: sumsOf(ofDay) }));
  return labels.map((label) => ({
    label,
    points: sums.map(({ day, of }) => ({ day, value: valueOf(of, label, measure) })),
  }));
}

function valueOf(of: ReadonlyMap<string, Sums>, label: string, measure: Measure): number {
  const own = of.get(label);
  if (!own) return 0;
  if (measure !== "share") return own[measure];
  const all = [...of.values()].reduce((sum, { seconds }) => sum + seconds, 0);
  return all > 0 ? (own.seconds / all) * 100 : 0;
}

function sumsOf(jobs: readonly JobExposures[]): Map<string, Sums> {
  const of = new Map<string, Sums>();
  for (const { label, on_screen_seconds: seconds, appearances } of jobs.flatMap(({ brands }) => brands)) {
    const before = of.get(label) ?? { seconds: 0, appearances: 0 };
    of.set(label, {
      seconds: before.seconds + (seconds ?? 0),
      appearances: before.appearances + appearances,
    });
  }
  return of;
}

function dayOf(iso: string): number {
  const at = new Date(iso);
  return new Date(at.getFullYear(), at.getMonth(), at.getDate()).getTime();
}
