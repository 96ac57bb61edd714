/** Invented findings: logos that drift over the picture, computed by the portal's own rules. */
import type { Analysis } from "@/api/analysis.gen";
import type { Detection, FrameDetections } from "@/api/frames.gen";
import type { ResultUrls } from "@/api/types";
import { findAppearances } from "@/exposure/appearances";
import { summarizeBrands } from "@/exposure/metrics";

const RATE_HZ = 2;
const BRANDS = ["Acme", "Globex", "Initech", "Umbrella"] as const;
const MATERIAL = "/material";

let video: readonly FrameDetections[] = [];
let videoDocument = document([], null);

/** Invents a video's result, which takes a while: before the page opens, so that it is no part of that. */
export function inventVideo(minutes: number): void {
  video = framesOf(minutes);
  videoDocument = document(video, minutes * 60);
}

export function resultUrls(job: string, minutes: number, isEmpty: boolean): ResultUrls {
  const isVideo = job === "video";
  const all = isVideo ? video : [picture];
  const frames = isEmpty ? all.map(without) : all;
  const { analysis, cues } =
    isVideo && !isEmpty ? videoDocument : document(frames, isVideo ? minutes * 60 : null);
  return {
    analysis: blob(JSON.stringify(analysis)),
    detections: blob(frames.map((frame) => JSON.stringify(frame)).join("\n")),
    exposures: blob("appearance,label\na0001,Acme\n"),
    report: blob(
      `<a href="${analysis.appearances[0]?.proof_frame.file ?? ""}">Proof</a><a href="#method">Method</a>`,
    ),
    timeline: isVideo ? blob("WEBVTT\n\n00:02.500 --> 00:04.500\nAcme\n") : null,
    sprites_vtt: isVideo ? blob(cues) : null,
    sprites: { "sheet.jpg": `${MATERIAL}/sheet.jpg` },
    media: isVideo ? `${MATERIAL}/video.mp4` : `${MATERIAL}/picture.jpg`,
  };
}

export function frameUrls(): { frames: Record<string, string>; next: null } {
  const urls = videoDocument.analysis.appearances.map(
    ({ proof_frame: proof }) => [proof.file, `${MATERIAL}/picture.jpg`] as const,
  );
  return { frames: Object.fromEntries(urls), next: null };
}

/** Each brand is on screen for a few seconds, again and again: 500 appearances in an hour. */
function framesOf(minutes: number): FrameDetections[] {
  return Array.from({ length: minutes * 60 * RATE_HZ }, (_, index) => ({
    index,
    seconds: index / RATE_HZ,
    frame: null,
    carried_from: null,
    detections: BRANDS.flatMap((label, place) => seen(label, place, index)),
  }));
}

function seen(label: string, place: number, index: number): Detection[] {
  const period = 46 + place * 9;
  const phase = (index + place * 13) % period;
  if (phase > 8 + place * 4) return [];
  const box = { left: 0.1 + place * 0.2 + phase * 0.004, top: 0.25 + 0.12 * place, width: 0.12, height: 0.1 };
  return [{ label, confidence: 58 + ((index * 7 + place * 11) % 41), box }];
}

const picture: FrameDetections = {
  index: 0,
  seconds: null,
  frame: "frames/00000000.jpg",
  carried_from: null,
  detections: [
    { label: "Acme", confidence: 98.2, box: { left: 0.08, top: 0.1, width: 0.22, height: 0.16 } },
    { label: "Acme", confidence: 71.4, box: { left: 0.62, top: 0.55, width: 0.1, height: 0.08 } },
    { label: "Globex", confidence: 88.9, box: { left: 0.4, top: 0.3, width: 0.14, height: 0.14 } },
  ],
};

function without(frame: FrameDetections): FrameDetections {
  return { ...frame, detections: [] };
}

function document(
  frames: readonly FrameDetections[],
  duration: number | null,
): { analysis: Analysis; cues: string } {
  const rate = duration === null ? null : RATE_HZ;
  const found = findAppearances(frames, { durationSeconds: duration, rateHz: rate, gaps: [] });
  const appearances = found.map((one) => ({ ...one, sharpness: 0.62 }));
  const at = "2026-03-14T09:24:10Z";
  const analysis: Analysis = {
    schema_version: "1.0",
    job: {
      id: "job",
      project: "spring-cup",
      source: { bucket: "media", key: "inbox/spring-cup/analyze/file", version: "v1" },
      started_at: at,
      finished_at: at,
    },
    model: { detector: "rekognition", arn: "arn", version: "v3", min_confidence: 50 },
    media: {
      kind: duration === null ? "image" : "video",
      width: 1280,
      height: 720,
      duration_seconds: duration,
      frame_rate: duration === null ? null : 25,
      codec: duration === null ? "jpeg" : "h264",
    },
    sampling: {
      rate_hz: rate,
      frames_sampled: frames.length,
      frames_detected: frames.length,
      frames_carried: 0,
    },
    brands: summarizeBrands(appearances),
    appearances,
    files: {
      detections: "detections.jsonl",
      exposures: "exposures.csv",
      report: "report.html",
      timeline: null,
      sprites: null,
      frames: "frames/",
    },
    cost: { estimated_usd: 1.27, items: [], basis: null },
    warnings: [],
  };
  return { analysis, cues: spriteCues(duration ?? 0) };
}

/** A hundred tiles of 160 x 90 on one sheet. */
function spriteCues(duration: number): string {
  const each = duration / 100;
  const stamp = (seconds: number): string => new Date(seconds * 1000).toISOString().slice(11, 23);
  const cues = Array.from({ length: 100 }, (_, i) => {
    const place = `${(i % 10) * 160},${Math.floor(i / 10) * 90},160,90`;
    return `${stamp(i * each)} --> ${stamp((i + 1) * each)}\nsheet.jpg#xywh=${place}\n`;
  });
  return `WEBVTT\n\n${cues.join("\n")}`;
}

function blob(text: string): string {
  return URL.createObjectURL(new Blob([text]));
}
