import type { Box } from "@/api/frames.gen";
import { clipped } from "@/exposure/geometry";

/** Where a box lies over its picture, as CSS has it; detectors may have one reach out of the picture. */
export function boxPlace(box: Box): Record<"left" | "top" | "width" | "height", string> {
  const [left, top, right, bottom] = clipped(box);
  const percent = (fraction: number): string => `${fraction * 100}%`;
  return {
    left: percent(left),
    top: percent(top),
    width: percent(right - left),
    height: percent(bottom - top),
  };
}
