import { useMemo } from "react";
import { useProject } from "@/api/projects";
import { labelsOfResult } from "@/result/findings";
import type { ResultProps } from "@/result/ResultProps";
import { type ShownFindings, useFindings } from "@/result/useFindings";
import { type Marking, useWrongMarks } from "@/result/useWrongMarks";
import { type LabelColours, labelColours } from "@/shared/labelColours";

export interface ShownResult extends Marking {
  readonly findings: ShownFindings;
  /** The labels that show. */
  readonly labels: readonly string[];
  readonly colours: LabelColours;
  /** The labels that may have been missed: those that show, and those that the project was taught. */
  readonly missable: readonly string[];
}

/** What is shown of a result, of a video or a picture. */
export function useShownResult({ details, result, marks }: ResultProps): ShownResult {
  const { analysis } = result;
  const findings = useFindings(result, marks);
  const marking = useWrongMarks(details.job.job_id, marks);
  const taught = useProject(analysis.job.project).data?.labels;
  const labels = useMemo(() => labelsOfResult(analysis, marks), [analysis, marks]);
  const colours = useMemo(() => labelColours(labels), [labels]);
  const missable = useMemo(() => [...new Set([...(taught ?? []), ...labels])].sort(), [taught, labels]);
  return { ...marking, findings, labels, colours, missable };
}
