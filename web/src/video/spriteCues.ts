/** The preview pictures of a video: cues of `sprites.vtt`, whose text is `sheet.jpg#xywh=x,y,w,h`. */
export interface SpriteCue {
  readonly start: number;
  readonly end: number;
  readonly sheet: string;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

const CUE = /^(\S+) --> (\S+).*\n(\S+)#xywh=(\d+),(\d+),(\d+),(\d+)/gm;

export function parseSpriteCues(vtt: string): SpriteCue[] {
  return [...vtt.replaceAll("\r\n", "\n").matchAll(CUE)].map(
    ([, start = "", end = "", sheet = "", left, top, width, height]) => ({
      start: seconds(start),
      end: seconds(end),
      sheet,
      left: Number(left),
      top: Number(top),
      width: Number(width),
      height: Number(height),
    }),
  );
}

/** The cue that shows what is on screen at a moment, if there is any. */
export function cueAt(cues: readonly SpriteCue[], at: number): SpriteCue | undefined {
  return cues.find(({ start, end }) => start <= at && at < end);
}

/** `01:02:03.500` or `02:03.500`, as WebVTT writes times. */
function seconds(stamp: string): number {
  return stamp.split(":").reduce((total, part) => total * 60 + Number(part), 0);
}
