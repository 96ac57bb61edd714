/* Generated from schemas/ by `npm run types`. */

/**
 * A line of `detections.jsonl`: one sampled frame and what was found in it.
 *
 * `frame` is the proof picture's path below the job's prefix, null where none was kept. `seconds` is null
 * for an image.
 */
export interface FrameDetections {
  index: number;
  seconds: number | null;
  frame: string | null;
  carried_from: number | null;
  detections: Detection[];
}
/**
 * One label found in one picture. `box` is null for a whole-image (concept) label.
 */
export interface Detection {
  label: string;
  confidence: number;
  box: Box | null;
}
/**
 * A rectangle in fractions of the picture's width and height, after its orientation is applied.
 */
export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}
