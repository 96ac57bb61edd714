/** Boxes as fractions of the picture, as `brandlens/exposure/geometry.py` has them. */
import type { Box } from "@/api/frames.gen";

export type Zone = `${"top" | "middle" | "bottom"}-${"left" | "center" | "right"}`;

const ROWS = ["top", "middle", "bottom"] as const;
const COLUMNS = ["left", "center", "right"] as const;
const EPSILON = 1e-12;

/** Distance-IoU of two boxes, from 1 (the same) towards -1 (far apart for their size). */
export function distanceIou(a: Box, b: Box): number {
  const width = Math.min(a.left + a.width, b.left + b.width) - Math.max(a.left, b.left);
  const height = Math.min(a.top + a.height, b.top + b.height) - Math.max(a.top, b.top);
  const intersection = Math.max(width, 0) * Math.max(height, 0);
  const union = a.width * a.height + b.width * b.height - intersection;
  const across = Math.max(a.left + a.width, b.left + b.width) - Math.min(a.left, b.left);
  const down = Math.max(a.top + a.height, b.top + b.height) - Math.min(a.top, b.top);
  const [ax, ay] = centre(a);
  const [bx, by] = centre(b);
  const distance = (ax - bx) ** 2 + (ay - by) ** 2;
  return intersection / Math.max(union, EPSILON) - distance / Math.max(across ** 2 + down ** 2, EPSILON);
}

/** The box that lies `fraction` of the way from `a` to `b`, each edge moving linearly. */
export function interpolate(a: Box, b: Box, fraction: number): Box {
  return {
    left: a.left + (b.left - a.left) * fraction,
    top: a.top + (b.top - a.top) * fraction,
    width: a.width + (b.width - a.width) * fraction,
    height: a.height + (b.height - a.height) * fraction,
  };
}

/** The fraction of the picture that boxes cover together, overlaps once; null, a whole-image label, covers all. */
export function coveredArea(boxes: readonly (Box | null)[]): number {
  if (boxes.includes(null)) return 1;
  const edges = boxes.filter((box) => box !== null).map(clipped);
  const columns = [...new Set(edges.flatMap(([left, , right]) => [left, right]))].sort((a, b) => a - b);
  let area = 0;
  columns.slice(1).forEach((right, i) => {
    const left = columns[i] ?? right;
    const spans = edges
      .filter(([x0, , x1]) => x0 <= left && x1 >= right)
      .map(([, top, , bottom]): Span => [top, bottom])
      .sort((a, b) => a[0] - b[0]);
    area += (right - left) * unionLength(spans);
  });
  return area;
}

/** The cell of a 3 x 3 grid in which the box's centre lies. */
export function zoneOf(box: Box): Zone {
  const [x, y] = centre(box);
  return `${ROWS[third(y)]}-${COLUMNS[third(x)]}`;
}

export type Span = readonly [start: number, end: number];

/** The length of the union of spans that come in ascending order of start. */
export function unionLength(spans: readonly Span[]): number {
  let length = 0;
  let reached = 0;
  for (const [start, end] of spans) {
    length += Math.max(end - Math.max(start, reached), 0);
    reached = Math.max(reached, end);
  }
  return length;
}

function centre(box: Box): readonly [number, number] {
  return [box.left + box.width / 2, box.top + box.height / 2];
}

function third(position: number): 0 | 1 | 2 {
  return position < 1 / 3 ? 0 : position < 2 / 3 ? 1 : 2;
}

/** The edges, left, top, right and bottom, of what of a box lies in the picture. */
export function clipped(box: Box): readonly [number, number, number, number] {
  const clip = (edge: number): number => Math.min(Math.max(edge, 0), 1);
  return [clip(box.left), clip(box.top), clip(box.left + box.width), clip(box.top + box.height)];
}
