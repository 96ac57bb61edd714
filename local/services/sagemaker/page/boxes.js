// Boxes in whole pixels of the picture, and as the annotation library has them.

/** Round a rectangle to pixels and cut it at the picture's edges; null where nothing of it is left. */
export function toBox({ x, y, w, h }, label, { width, height }) {
  const left = Math.max(0, Math.round(x));
  const top = Math.max(0, Math.round(y));
  const right = Math.min(width, Math.round(x + w));
  const bottom = Math.min(height, Math.round(y + h));
  if (right <= left || bottom <= top) return null;
  return { label, left, top, width: right - left, height: bottom - top };
}

export function toAnnotation(id, box) {
  const { left: x, top: y, width: w, height: h } = box;
  const bounds = { minX: x, minY: y, maxX: x + w, maxY: y + h };
  const selector = { type: 'RECTANGLE', geometry: { x, y, w, h, rot: 0, bounds } };
  return { id, bodies: [], target: { annotation: id, selector } };
}

/** The same boxes on a picture of another size. */
export function rescaled(boxes, from, to) {
  const across = to.width / from.width;
  const down = to.height / from.height;
  return boxes
    .map((box) =>
      toBox({ x: box.left * across, y: box.top * down, w: box.width * across, h: box.height * down }, box.label, to))
    .filter(Boolean);
}

/** Those of `more` that `boxes` does not have yet. */
export const missing = (boxes, more) =>
  more.filter((box) => !boxes.some((one) => JSON.stringify(one) === JSON.stringify(box)));
