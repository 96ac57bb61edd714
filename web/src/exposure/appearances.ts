/** Tracks -> appearances: when one brand was continuously on screen, as `brandlens/exposure/appearances.py`. */
import type { Appearance } from "@/api/analysis.gen";
import type { Box, Detection, FrameDetections } from "@/api/frames.gen";
import { labelsOf } from "@/exposure/doubts";
import { coveredArea, type Span, type Zone, zoneOf } from "@/exposure/geometry";
import { link, trackBoxes } from "@/exposure/tracks";

/** What times the frames stand for: the media's duration, the sampling rate, spans that could not be read. */
export interface Timing {
  readonly durationSeconds: number | null;
  readonly rateHz: number | null;
  readonly gaps: readonly Span[];
}

/** Every brand's appearances in order of start; `sharpness`, which needs pictures, is null. */
export function findAppearances(frames: readonly FrameDetections[], timing: Timing): Appearance[] {
  const spans = spansOf(frames, timing);
  return labelsOf(frames)
    .flatMap((label) => runsOf(label, frames, spans))
    .sort((a, b) => a.first - b.first || (a.label < b.label ? -1 : 1))
    .map((run, i) => appearance(`a${String(i + 1).padStart(4, "0")}`, run, frames, spans));
}

/** One brand at consecutive positions, with all its boxes at each. */
interface Run {
  readonly label: string;
  readonly first: number;
  last: number;
  readonly boxes: Map<number, (Box | null)[]>;
}

function spansOf(frames: readonly FrameDetections[], timing: Timing): Span[] {
  const starts = frames.map(({ seconds }) => seconds ?? 0);
  const last = starts.at(-1) ?? 0;
  const end = timing.durationSeconds ?? last + (timing.rateHz ? 1 / timing.rateHz : 0);
  return starts.map((start, i) => {
    const until = starts[i + 1] ?? Math.max(end, last);
    const cuts = timing.gaps
      .filter(([gap, gapEnd]) => gap < until && gapEnd > start && gap >= start)
      .map(([gap]) => gap);
    return [start, Math.min(until, ...cuts)];
  });
}

/** Merges a brand's tracks, and splits what is left where the brand, or the picture, was gone. */
function runsOf(label: string, frames: readonly FrameDetections[], spans: readonly Span[]): Run[] {
  const present = new Map<number, (Box | null)[]>();
  for (const track of link(frames, label)) {
    for (const [position, box] of trackBoxes(track)) {
      present.set(position, [...(present.get(position) ?? []), box]);
    }
  }
  const runs: Run[] = [];
  for (const [position, boxes] of [...present].sort(([a], [b]) => a - b)) {
    const run = runs.at(-1);
    const reached = spans[position - 1]?.[1] ?? -Infinity;
    if (run?.last === position - 1 && reached >= (spans[position]?.[0] ?? 0)) {
      run.boxes.set(position, boxes);
      run.last = position;
    } else {
      runs.push({ label, first: position, last: position, boxes: new Map([[position, boxes]]) });
    }
  }
  return runs;
}

function appearance(
  id: string,
  run: Run,
  frames: readonly FrameDetections[],
  spans: readonly Span[],
): Appearance {
  const positions = [...run.boxes.keys()];
  const held = positions.map((position) => length(spans[position]));
  const weights = held.some((seconds) => seconds > 0) ? held : held.map(() => 1);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const areas = [...run.boxes.values()].map(coveredArea);
  const still = frames[run.first]?.seconds === null;
  const peak = peakOf(run, frames);
  const others = positions.flatMap(
    (position) => frames[position]?.detections.map(({ label }) => label) ?? [],
  );
  return {
    id,
    label: run.label,
    start_seconds: still ? null : (spans[run.first]?.[0] ?? 0),
    end_seconds: still ? null : (spans[run.last]?.[1] ?? 0),
    mean_area_fraction: areas.reduce((sum, area, i) => sum + area * (weights[i] ?? 0), 0) / total,
    zone: mainZone(run, weights),
    peak_confidence: peak.detection.confidence,
    sharpness: null,
    others_on_screen: [...new Set(others)].filter((label) => label !== run.label).sort(),
    proof_frame: {
      index: peak.frame.index,
      seconds: peak.frame.seconds,
      file: `frames/${String(peak.frame.index).padStart(8, "0")}.jpg`,
      box: peak.detection.box,
    },
  };
}

/** The detection of most confidence (of equals the earliest and largest), and the frame that shows it. */
function peakOf(
  run: Run,
  frames: readonly FrameDetections[],
): { frame: FrameDetections; detection: Detection } {
  const found = [...run.boxes.keys()].flatMap((position) => {
    const frame = frames[position];
    if (!frame) return [];
    const own = frame.detections.filter(({ label }) => label === run.label);
    return own.map((detection) => ({ frame, position, detection }));
  });
  const peak = found.reduce((best, next) => {
    const more = next.detection.confidence - best.detection.confidence;
    if (more !== 0) return more > 0 ? next : best;
    if (next.position !== best.position) return best;
    return coveredArea([next.detection.box]) > coveredArea([best.detection.box]) ? next : best;
  });
  const shown = peak.frame.carried_from;
  const frame = shown === null ? peak.frame : frames.find(({ index }) => index === shown);
  return { frame: frame ?? peak.frame, detection: peak.detection };
}

/** The zone that held most of the brand's area over time, each box in the zone of its centre. */
function mainZone(run: Run, weights: readonly number[]): Zone | null {
  const held = new Map<Zone, number>();
  [...run.boxes.values()].forEach((boxes, i) => {
    for (const box of boxes) {
      if (box === null) continue;
      const zone = zoneOf(box);
      held.set(zone, (held.get(zone) ?? 0) + (weights[i] ?? 0) * coveredArea([box]));
    }
  });
  const zones = [...held].sort(([a, heldA], [b, heldB]) => heldB - heldA || (a < b ? -1 : 1));
  return zones[0]?.[0] ?? null;
}

function length(span: Span | undefined): number {
  return span ? span[1] - span[0] : 0;
}
