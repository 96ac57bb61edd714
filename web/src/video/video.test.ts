import { describe, expect, it } from "vitest";
import type { FrameDetections } from "@/api/frames.gen";
import { clock } from "@/shared/format";
import { parseClock } from "@/shared/parseClock";
import { linkToMoment, momentOf } from "@/video/momentLink";
import { playedTracks, shownAt } from "@/video/playback";
import { cueAt, parseSpriteCues } from "@/video/spriteCues";
import { ticks, timelineRows } from "@/video/timelineRows";

const frame = (index: number, left: number | null): FrameDetections => ({
  index,
  seconds: index,
  frame: null,
  carried_from: null,
  detections:
    left === null ? [] : [{ label: "Acme", confidence: 80, box: { left, top: 0, width: 0.2, height: 0.2 } }],
});

describe("boxes over the picture", () => {
  const tracks = playedTracks(
    [frame(0, 0.1), frame(1, 0.2), frame(2, null), frame(3, null), frame(4, null)],
    5,
  );

  it("move between samples and stay after the last one until the next sample", () => {
    expect(shownAt(tracks, 0.5)[0]?.box?.left).toBeCloseTo(0.15);
    expect(shownAt(tracks, 1.9)[0]?.box?.left).toBeCloseTo(0.2);
  });

  it("are gone when the brand is", () => {
    expect(shownAt(tracks, 2)).toEqual([]);
  });
});

describe("links to a moment", () => {
  it("lead back to it", () => {
    expect(momentOf(new URL(linkToMoment("https://portal/jobs/j#t=3", 75.51)).hash)).toBe(75.5);
  });

  it("are no moment where they hold none", () => {
    expect(momentOf("#top")).toBeNull();
  });
});

describe("times", () => {
  it.each([0, 9.5, 60, 75.5, 3600, 3725.1])("that are written are read again: %s", (seconds) => {
    expect(parseClock(clock(seconds))).toBeCloseTo(seconds);
  });

  it.each(["", "1:", "x", "1:2:3:4", "-1", "1.5:00"])("that are none are refused: %s", (typed) => {
    expect(parseClock(typed)).toBeNull();
  });
});

describe("the timeline", () => {
  it("keeps a row for a brand without any appearance", () => {
    expect(timelineRows(["Acme"], [], 10)).toEqual([{ label: "Acme", bars: [] }]);
  });

  it.each([3, 61, 3600, 100_000])("labels round times, never too many: %s s", (duration) => {
    expect(ticks(duration, 8).length).toBeLessThanOrEqual(9);
  });
});

describe("previews", () => {
  const cues = parseSpriteCues(
    "WEBVTT\n\n00:00:00.000 --> 00:00:02.500\nsheet-1.jpg#xywh=0,0,160,90\n\n00:00:02.500 --> 01:00:00.000\nsheet-1.jpg#xywh=160,0,160,90\n",
  );

  it("are found by the moment", () => {
    expect(cueAt(cues, 2.4)).toMatchObject({ sheet: "sheet-1.jpg", left: 0 });
    expect(cueAt(cues, 2.5)).toMatchObject({ left: 160, end: 3600 });
    expect(cueAt(cues, 3600)).toBeUndefined();
  });
});
