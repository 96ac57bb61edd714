import type { JobExposures, ModelItem, ProjectItem } from "@/api/types";

const model = (version: string): NonNullable<ProjectItem["active_model"]> => ({
  detector: "rekognition",
  arn: `arn:aws:rekognition:eu-west-1:111122223333:project/spring-cup/version/${version}/1`,
  version,
  min_confidence: 50,
});

export const projects: ProjectItem[] = [
  {
    name: "spring-cup",
    labels: ["Acme", "Globex", "Initech", "Umbrella"],
    label_type: "object",
    detector: "rekognition",
    min_f1: 0.8,
    created_at: "2026-02-02T08:00:00Z",
    active_model: model("v3"),
  },
  {
    name: "autumn-tour",
    labels: ["Trackside", "Podium"],
    label_type: "concept",
    detector: "embedded",
    min_f1: 0,
    created_at: "2026-03-01T08:00:00Z",
    active_model: null,
  },
];

function version(name: string, f1: number | null, values: Partial<ModelItem["version"]>): ModelItem {
  return {
    id: `spring-cup.${name}`,
    detector: "rekognition",
    version: {
      project: "spring-cup",
      version: name,
      status: "STOPPED",
      active: false,
      f1,
      scores: f1 === null ? null : scores(f1),
      reason: null,
      created_at: "2026-03-10T11:00:00Z",
      finished_at: null,
      job_id: "trained",
      model_arn: model(name).arn,
      ...values,
    },
  };
}

function scores(f1: number): ModelItem["version"]["scores"] {
  const label = (
    name: string,
    by: number,
  ): NonNullable<ModelItem["version"]["scores"]>["labels"][number] => ({
    label: name,
    f1: f1 + by,
    precision: f1 + by + 0.02,
    recall: f1 + by - 0.02,
    assumed_threshold: 0.5,
    test_pictures: 34,
  });
  return {
    f1,
    precision: f1 + 0.02,
    recall: f1 - 0.02,
    train_pictures: 310,
    test_pictures: 78,
    labels: [label("Acme", 0.04), label("Globex", 0.01), label("Initech", -0.03), label("Umbrella", -0.06)],
  };
}

export const models: ModelItem[] = [
  version("v4", null, { status: "TRAINING_IN_PROGRESS" }),
  version("v3", 0.91, { active: true, status: "RUNNING" }),
  version("v2", 0.72, {
    status: "TRAINING_COMPLETED",
    reason: "F1 0.72 is below the project's gate of 0.80",
  }),
  version("v1", null, { status: "TRAINING_FAILED", reason: "Too few pictures of Umbrella: 3, it takes 5" }),
];

const brand = (label: string, seconds: number, share: number): JobExposures["brands"][number] => ({
  label,
  on_screen_seconds: seconds,
  appearances: Math.round(seconds / 7),
  first_seen_seconds: 3,
  last_seen_seconds: 2600,
  mean_area_fraction: 0.02,
  peak_confidence: 97,
  share_of_voice: share,
});

/** Twelve matches, one every few days. */
const exposures: JobExposures[] = Array.from({ length: 12 }, (_, i) => ({
  job_id: "video",
  name: `match-${12 - i}.mp4`,
  created_at: new Date(Date.now() - i * 2.4 * 86_400_000).toISOString(),
  duration_seconds: 2700,
  brands: [
    brand("Acme", 310 + ((i * 53) % 120), 0.5),
    brand("Globex", 190 + ((i * 31) % 90), 0.3),
    brand("Initech", 60 + ((i * 17) % 50), 0.2),
  ],
}));

export function exposuresSince(since: string | null): JobExposures[] {
  return exposures.filter(({ created_at: at }) => since === null || at >= since);
}
