/** Appearances -> one summary a brand, as `brandlens/exposure/metrics.py`. */
import type { Appearance, BrandSummary } from "@/api/analysis.gen";
import { unionLength } from "@/exposure/geometry";
import { groupBy } from "@/shared/groupBy";

/** The brands found, the one with most voice first. */
export function summarizeBrands(appearances: readonly Appearance[]): BrandSummary[] {
  const byLabel = groupBy(appearances, ({ label }) => label);
  const voices = new Map([...byLabel].map(([label, own]) => [label, voiceOf(own)]));
  const total = sum([...voices.values()]);
  return [...byLabel]
    .map(([label, own]) =>
      summary(label, own, total > 0 ? (voices.get(label) ?? 0) / total : 1 / voices.size),
    )
    .sort((a, b) => b.share_of_voice - a.share_of_voice || (a.label < b.label ? -1 : 1));
}

/** How long an appearance lasts; null for an image. */
export function secondsOf(appearance: Appearance): number | null {
  const { start_seconds: start, end_seconds: end } = appearance;
  return start === null || end === null ? null : end - start;
}

/** For how long at least one brand was on screen. */
export function anyBrandSeconds(appearances: readonly Appearance[]): number {
  const spans = appearances.map(
    ({ start_seconds, end_seconds }) => [start_seconds ?? 0, end_seconds ?? 0] as const,
  );
  return unionLength(spans.sort((a, b) => a[0] - b[0]));
}

function voiceOf(own: readonly Appearance[]): number {
  return sum(own.map((appearance) => secondsOf(appearance) ?? appearance.mean_area_fraction));
}

function summary(label: string, own: readonly Appearance[], share: number): BrandSummary {
  const lengths = own.map(secondsOf).filter((length) => length !== null);
  const weights = sum(lengths) > 0 ? lengths : own.map(() => 1);
  const starts = own.map(({ start_seconds }) => start_seconds).filter((start) => start !== null);
  const ends = own.map(({ end_seconds }) => end_seconds).filter((end) => end !== null);
  return {
    label,
    on_screen_seconds: lengths.length > 0 ? sum(lengths) : null,
    appearances: own.length,
    first_seen_seconds: starts.length > 0 ? Math.min(...starts) : null,
    last_seen_seconds: ends.length > 0 ? Math.max(...ends) : null,
    mean_area_fraction: sum(own.map((one, i) => one.mean_area_fraction * (weights[i] ?? 0))) / sum(weights),
    peak_confidence: Math.max(...own.map(({ peak_confidence }) => peak_confidence)),
    share_of_voice: share,
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
