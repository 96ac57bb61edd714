import { useDeferredValue, useMemo, useState } from "react";
import type { Result } from "@/api/results";
import type { Mark } from "@/api/types";
import { corrected, type Findings, findingsAt } from "@/result/findings";

export interface ShownFindings extends Findings {
  /** The appearances with people's marks applied. */
  readonly corrected: Findings["appearances"];
  readonly threshold: number;
  readonly setThreshold: (threshold: number) => void;
}

/** The findings at a threshold that the reader chooses; the slider never waits for them. */
export function useFindings({ analysis, frames }: Result, marks: readonly Mark[]): ShownFindings {
  const [threshold, setThreshold] = useState(analysis.model.min_confidence);
  const settled = useDeferredValue(threshold);
  const findings = useMemo(() => findingsAt(analysis, frames, settled), [analysis, frames, settled]);
  const right = useMemo(() => corrected(findings.appearances, marks), [findings, marks]);
  return { ...findings, corrected: right, threshold, setThreshold };
}
