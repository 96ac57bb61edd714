/** Draws boxes with their labels on a canvas as large as the picture. */
import { clipped } from "@/exposure/geometry";
import type { LabelColours } from "@/shared/labelColours";
import { certainty } from "@/shared/format";
import type { ShownBox } from "@/video/playback";

const LINE = 2;
const HALO = "rgb(255 255 255 / 85%)";
const FONT_PX = 12;
const PADDING = 5;

export function drawBoxes(
  canvas: HTMLCanvasElement,
  shown: readonly ShownBox[],
  colours: LabelColours,
): void {
  const brush = canvas.getContext("2d");
  if (!brush) return;
  const { clientWidth: width, clientHeight: height } = canvas;
  const scale = window.devicePixelRatio;
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  brush.scale(scale, scale);
  brush.font = `600 ${FONT_PX}px "Open Sans", sans-serif`;
  let whole = 0;
  for (const { label, confidence, box } of shown) {
    const colour = colours.get(label) ?? "#000";
    const [left, top, right, bottom] = box ? clipped(box) : [0, 0, 0, 0];
    const [x, y] = box ? [left * width, top * height] : [PADDING, PADDING + whole++ * (FONT_PX + 12)];
    if (box) {
      outline(brush, HALO, LINE + 2, x, y, (right - left) * width, (bottom - top) * height);
      outline(brush, colour, LINE, x, y, (right - left) * width, (bottom - top) * height);
    }
    name(brush, `${label} ${certainty(confidence)}`, colour, x, y, width);
  }
}

function outline(
  brush: CanvasRenderingContext2D,
  colour: string,
  thickness: number,
  ...box: [number, number, number, number]
): void {
  brush.strokeStyle = colour;
  brush.lineWidth = thickness;
  brush.strokeRect(...box);
}

/** A label above the box's corner, or within the picture where there is no room. */
function name(
  brush: CanvasRenderingContext2D,
  text: string,
  colour: string,
  x: number,
  y: number,
  width: number,
): void {
  const wide = brush.measureText(text).width + 2 * PADDING;
  const high = FONT_PX + 7;
  const left = Math.max(0, Math.min(x - LINE / 2, width - wide));
  const top = Math.max(0, y - high);
  brush.fillStyle = colour;
  brush.fillRect(left, top, wide, high);
  brush.fillStyle = "#fff";
  brush.fillText(text, left + PADDING, top + FONT_PX + 2);
}
