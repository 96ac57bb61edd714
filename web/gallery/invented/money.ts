import type { MonthSpending, QuoteAnswer, QuotedMedia, RunningModel } from "@/api/types";

const cost = (usd: number): MonthSpending["total"] => ({ estimated_usd: usd, items: [], basis: null });

export const spending: MonthSpending = {
  month: "2026-03",
  projects: [
    { project: "spring-cup", jobs: 41, spent: cost(38.4), booked_usd: 2.4 },
    { project: "autumn-tour", jobs: 6, spent: cost(0.72), booked_usd: 0 },
  ],
  total: cost(39.12),
  booked_usd: 2.4,
  budget_per_month: 100,
};

const running: RunningModel = {
  id: "spring-cup.v3",
  project: "spring-cup",
  version: "v3",
  status: "RUNNING",
  inference_units: 2,
  usd_per_hour: 8,
  needed_by: 1,
  ours: true,
  run_began: "2026-03-14T09:50:00Z",
};

export const runningModels: { models: RunningModel[]; usd_per_hour: number } = {
  models: [
    running,
    {
      ...running,
      id: "autumn-tour.v1",
      project: "autumn-tour",
      version: "v1",
      status: "STARTING",
      inference_units: 1,
      usd_per_hour: 4,
      needed_by: 0,
    },
    {
      ...running,
      id: "spring-cup.v2",
      version: "v2",
      inference_units: 1,
      usd_per_hour: 4,
      needed_by: 0,
    },
  ],
  usd_per_hour: 16,
};

export function quote(body: unknown): QuoteAnswer {
  const { files } = body as { files: QuotedMedia[] };
  const each = (file: QuotedMedia): number => 0.02 + (file.duration_seconds ?? 0) * 0.0011;
  return {
    files: files.map((file) => ({
      name: file.name,
      quote: { frames: 100, inference_calls: 100, model_minutes: 4, cost: cost(each(file)) },
    })),
    total: cost(files.reduce((sum, file) => sum + each(file), 0)),
    assumed: ["Every sampled frame shows something new.", "The model is not running yet."],
    budget: { per_job: 5, per_month: 100, booked_this_month: 41.5 },
  };
}
