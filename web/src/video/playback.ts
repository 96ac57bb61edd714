/** What is to be drawn over the picture at a moment: the boxes of every logo on screen. */
import type { Box, FrameDetections } from "@/api/frames.gen";
import { labelsOf } from "@/exposure/doubts";
import { interpolate } from "@/exposure/geometry";
import { link, trackBoxes } from "@/exposure/tracks";

interface Key {
  readonly seconds: number;
  readonly box: Box | null;
  readonly confidence: number;
}

/** One logo over time. It shows from its first key until `end`, when the sample after its last one begins. */
export interface PlayedTrack {
  readonly label: string;
  readonly keys: readonly Key[];
  readonly start: number;
  readonly end: number;
}

export interface ShownBox {
  readonly label: string;
  readonly confidence: number;
  readonly box: Box | null;
}

/** Follows every logo of the frames; `durationSeconds` is until when the last frame shows. */
export function playedTracks(frames: readonly FrameDetections[], durationSeconds: number): PlayedTrack[] {
  const secondsAt = (position: number): number => frames[position]?.seconds ?? durationSeconds;
  return labelsOf(frames).flatMap((label) =>
    link(frames, label).map((track) => {
      let confidence = 0;
      const keys = trackBoxes(track).map(([position, box]) => {
        confidence = track.found.get(position)?.confidence ?? confidence;
        return { seconds: secondsAt(position), box, confidence };
      });
      return { label, keys, start: keys[0]?.seconds ?? 0, end: secondsAt(track.last + 1) };
    }),
  );
}

/** The boxes at `seconds`; between two samples a box moves linearly, after the last it stays. */
export function shownAt(tracks: readonly PlayedTrack[], seconds: number): ShownBox[] {
  return tracks
    .filter(({ start, end }) => start <= seconds && seconds < end)
    .flatMap(({ label, keys }) => {
      const next = keys.findIndex((key) => key.seconds > seconds);
      const key = keys.at(next === -1 ? -1 : next - 1);
      if (key === undefined) return [];
      return [{ label, confidence: key.confidence, box: moved(key, keys[next], seconds) }];
    });
}

function moved(from: Key, to: Key | undefined, seconds: number): Box | null {
  if (to?.box == null || from.box === null) return from.box;
  return interpolate(from.box, to.box, (seconds - from.seconds) / (to.seconds - from.seconds));
}
