import type { JobDetails, JobItem, Mark } from "@/api/types";

const source = (key: string): JobItem["source"] => ({ bucket: "media", key, version: "v1" });

function job(id: string, name: string, values: Partial<JobItem>): JobItem {
  return {
    job_id: id,
    project: "spring-cup",
    kind: "analysis",
    state: "SUCCEEDED",
    name,
    source: source(`inbox/spring-cup/analyze/${name}`),
    created_at: "2026-03-14T09:20:00Z",
    updated_at: "2026-03-14T09:24:10Z",
    finished_at: "2026-03-14T09:24:10Z",
    step: null,
    done: null,
    total: null,
    error: null,
    has_results: false,
    ...values,
  };
}

const running = { state: "RUNNING", finished_at: null } as const;

export const jobs: JobItem[] = [
  job("detecting", "second-half.mp4", {
    ...running,
    step: "detect",
    done: 1240,
    total: 5400,
    created_at: "2026-03-14T10:02:00Z",
  }),
  job("labeling", "portal-20260314", { ...running, kind: "training", step: "label" }),
  job("received", "interview.mov", { ...running, state: "RECEIVED" }),
  job("video", "first-half.mp4", { has_results: true }),
  job("picture", "grandstand.jpg", { has_results: true, created_at: "2026-03-13T16:44:00Z" }),
  job("trained", "portal-20260310", { kind: "training", created_at: "2026-03-10T11:00:00Z" }),
  job("refused", "sponsors overview, final version (2).mov", {
    state: "REJECTED",
    error: {
      code: "TruncatedMedia",
      message: "The video ends in the middle of a frame: upload it again.",
      retryable: false,
    },
  }),
  job("failed", "warm-up.mp4", {
    state: "FAILED",
    error: {
      code: "ModelStartTimeout",
      message: "The model did not start within 30 minutes.",
      retryable: true,
    },
  }),
  job("canceled", "training-ground.mp4", { state: "CANCELED", project: "autumn-tour" }),
];

const cost: JobDetails["cost"] = {
  estimated_usd: 1.27,
  items: [
    { name: "Model running", quantity: 18, unit: "minutes", usd: 1.2 },
    { name: "Functions", quantity: 4200, unit: "GB-seconds", usd: 0.07 },
  ],
  basis: "Prices of us-east-1",
};

export function jobDetails(id: string): JobDetails | null {
  const found = jobs.find((one) => one.job_id === id);
  if (!found) return null;
  return {
    job: found,
    cost: found.finished_at ? cost : null,
    at_most_usd: found.finished_at ? null : 2.4,
    labeling: id === "labeling" ? { done: 38, total: 120, url: "https://labeling.invalid" } : null,
  };
}

const mark = (id: string, what: Mark["mark"], job_id = "video"): Mark => ({
  id,
  job_id,
  project: "spring-cup",
  by: "jonas@example.com",
  created_at: "2026-03-14T09:40:00Z",
  mark: what,
  trained_by: null,
});

export const marks: Mark[] = [
  mark("m1", { kind: "wrong", appearance: "a0003", note: "" }),
  mark("m2", { kind: "missed", label: "Globex", start_seconds: 40, end_seconds: 46, box: null, note: "" }),
];
