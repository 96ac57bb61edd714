/** Which detections count at a confidence threshold, as `brandlens/exposure/doubts.py` settles it. */
import type { Detection, FrameDetections } from "@/api/frames.gen";
import { link } from "@/exposure/tracks";

/**
 * The frames with only those detections that count at `threshold` percent: all of a track whose mean
 * confidence reaches it, and of any other those that reach it themselves.
 */
export function settle(frames: readonly FrameDetections[], threshold: number): FrameDetections[] {
  const doubted = new Set<Detection>();
  for (const label of labelsOf(frames)) {
    for (const track of link(frames, label)) {
      const found = [...track.found.values()];
      const mean = found.reduce((sum, { confidence }) => sum + confidence, 0) / found.length;
      if (mean < threshold) {
        found
          .filter(({ confidence }) => confidence < threshold)
          .forEach((detection) => doubted.add(detection));
      }
    }
  }
  return frames.map((frame) => ({
    ...frame,
    detections: frame.detections.filter((detection) => !doubted.has(detection)),
  }));
}

/** The labels found in the frames, in alphabetical order. */
export function labelsOf(frames: readonly FrameDetections[]): string[] {
  return [...new Set(frames.flatMap(({ detections }) => detections.map(({ label }) => label)))].sort();
}
