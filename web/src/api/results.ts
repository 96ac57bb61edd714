import { useQuery, type UseQueryResult } from "@tanstack/react-query";
import { useApi } from "@/api/ApiContext";
import type { Analysis } from "@/api/analysis.gen";
import { type Api, answered } from "@/api/client";
import { ApiError } from "@/api/errors";
import type { FrameDetections } from "@/api/frames.gen";
import type { ResultUrls } from "@/api/types";
import { parseSpriteCues, type SpriteCue } from "@/video/spriteCues";

/** The URLs are good for an hour. */
const FRESH_MS = 50 * 60_000;

export interface Result {
  readonly urls: ResultUrls;
  readonly analysis: Analysis;
  readonly frames: readonly FrameDetections[];
  readonly sprites: readonly SpriteCue[];
}

/** Everything that a finished analysis found. */
export function useResult(job: string): UseQueryResult<Result> {
  const api = useApi();
  return useQuery({
    queryKey: ["result", job],
    staleTime: FRESH_MS,
    refetchInterval: FRESH_MS,
    queryFn: async ({ signal }): Promise<Result> => {
      const urls = await answered(api.GET("/jobs/{job}/results", { params: { path: { job } } }));
      const [analysis, detections, cues] = await Promise.all([
        readFile(urls.analysis, signal),
        readFile(urls.detections, signal),
        urls.sprites_vtt ? readFile(urls.sprites_vtt, signal) : "",
      ]);
      return {
        urls,
        analysis: JSON.parse(analysis) as Analysis,
        frames: parseLines(detections),
        sprites: parseSpriteCues(cues),
      };
    },
  });
}

/** URLs of the proof pictures, by the `file` that the appearances name. */
export function useProofs(job: string): UseQueryResult<ReadonlyMap<string, string>> {
  const api = useApi();
  return useQuery({
    queryKey: ["proofs", job],
    staleTime: FRESH_MS,
    refetchInterval: FRESH_MS,
    queryFn: () => allProofs(api, job),
  });
}

async function allProofs(api: Api, job: string): Promise<ReadonlyMap<string, string>> {
  const urls = new Map<string, string>();
  for (let after: string | null = ""; after !== null;) {
    const query: { after?: string } = after ? { after } : {};
    const page: { frames: Record<string, string>; next: string | null } = await answered(
      api.GET("/jobs/{job}/results/frames", { params: { path: { job }, query } }),
    );
    for (const [file, url] of Object.entries(page.frames)) urls.set(file, url);
    after = page.next;
  }
  return urls;
}

export function parseLines(jsonLines: string): FrameDetections[] {
  return jsonLines
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as FrameDetections);
}

/** One of a result's files. */
export async function readFile(url: string, signal?: AbortSignal): Promise<string> {
  const response = await fetch(url, signal ? { signal } : {});
  if (!response.ok) throw new ApiError(response.status, "ResultUnreadable", response.statusText, "");
  return response.text();
}
