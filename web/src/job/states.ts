import type { StatusIndicatorProps } from "@cloudscape-design/components/status-indicator";
import type { JobItem, JobState } from "@/api/types";
import { strings } from "@/strings";

export const STATE_INDICATORS: Readonly<Record<JobState, StatusIndicatorProps.Type>> = {
  RECEIVED: "pending",
  RUNNING: "in-progress",
  SUCCEEDED: "success",
  FAILED: "error",
  REJECTED: "warning",
  CANCELED: "stopped",
};

const STEPS: Readonly<Record<string, string>> = strings.jobs.steps;

/** The step that a job is at, in words. */
export function stepName({ step }: JobItem): string {
  return step === null ? "" : (STEPS[step] ?? step);
}

/** How much of its step is done, in percent; null where that is not known. */
export function stepPercent({ done, total }: JobItem): number | null {
  return done === null || !total ? null : Math.min((done / total) * 100, 100);
}

/** The step in which people label. */
export const LABEL_STEP = "label";
