/** Each label's colour: the report's own palette, given out in alphabetical order, so that pages agree. */
const PALETTE = [
  "#2962d9",
  "#c4420d",
  "#0b7a6f",
  "#9a2bb0",
  "#94690a",
  "#4a7a12",
  "#bf2153",
  "#3b6a8f",
] as const;

export type LabelColours = ReadonlyMap<string, string>;

export function labelColours(labels: Iterable<string>): LabelColours {
  const ordered = [...new Set(labels)].sort();
  return new Map(ordered.map((label, i) => [label, PALETTE[i % PALETTE.length] ?? PALETTE[0]]));
}
