/** Detections of one label -> tracks: one logo followed from frame to frame, as `brandlens/exposure/tracks.py`. */
import type { Box, Detection, FrameDetections } from "@/api/frames.gen";
import { distanceIou, interpolate } from "@/exposure/geometry";

const MAX_MISSED_SAMPLES = 1;
const MAX_MISSED_SECONDS = 0.25;
const MIN_MATCH = -0.5;

/** The detection at each position (place in the sequence of frames) the logo was found at, ascending. */
export interface Track {
  readonly found: Map<number, Detection>;
  last: number;
}

/** Every position of the track with its box; a missed sample's is interpolated. */
export function trackBoxes(track: Track): [position: number, box: Box | null][] {
  const boxes: [number, Box | null][] = [];
  let before: readonly [number, Box | null] | undefined;
  for (const [position, detection] of track.found) {
    for (let missed = (before?.[0] ?? position) + 1; before && missed < position; missed++) {
      const fraction = (missed - before[0]) / (position - before[0]);
      boxes.push([missed, between(before[1], detection.box, fraction)]);
    }
    boxes.push([position, detection.box]);
    before = [position, detection.box];
  }
  return boxes;
}

/** Joins the detections of `label` into tracks; `frames` come in ascending order of index. */
export function link(frames: readonly FrameDetections[], label: string): Track[] {
  const tracks: Track[] = [];
  let live: Track[] = [];
  frames.forEach((frame, position) => {
    const detections = frame.detections.filter((detection) => detection.label === label);
    if (detections.length === 0) return;
    live = live.filter((track) => goesOn(frames[track.last], frame));
    const begun = extend(live, position, detections);
    tracks.push(...begun);
    live.push(...begun);
  });
  return tracks;
}

function goesOn(last: FrameDetections | undefined, now: FrameDetections): boolean {
  if (last === undefined) return false;
  if (now.index - last.index <= MAX_MISSED_SAMPLES + 1) return true;
  return (now.seconds ?? 0) - (last.seconds ?? 0) <= MAX_MISSED_SECONDS;
}

/** Gives each live track its best detection, best pairs first; returns tracks begun by those left over. */
function extend(live: readonly Track[], position: number, detections: readonly Detection[]): Track[] {
  const pairs = live
    .flatMap((track) =>
      detections.map((detection) => ({
        track,
        detection,
        match: matchOf(track.found.get(track.last)?.box ?? null, detection.box),
      })),
    )
    .filter(({ match }) => match >= MIN_MATCH)
    .sort((a, b) => b.match - a.match);
  const extended = new Set<Track>();
  const joined = new Set<Detection>();
  for (const { track, detection } of pairs) {
    if (extended.has(track) || joined.has(detection)) continue;
    track.found.set(position, detection);
    extended.add(track);
    joined.add(detection);
  }
  for (const track of extended) track.last = position;
  return detections
    .filter((detection) => !joined.has(detection))
    .map((detection) => ({ found: new Map([[position, detection]]), last: position }));
}

/** Whole-image labels match each other, and never a box. */
function matchOf(a: Box | null, b: Box | null): number {
  if (a === null || b === null) return a === b ? 1 : -1;
  return distanceIou(a, b);
}

function between(a: Box | null, b: Box | null, fraction: number): Box | null {
  return a === null || b === null ? null : interpolate(a, b, fraction);
}
