import type { ResultProps } from "@/result/ResultProps";
import { NothingFound } from "@/result/NothingFound";
import { Threshold } from "@/result/Threshold";
import { Totals } from "@/result/Totals";
import type { ShownResult } from "@/result/useShownResult";

interface Props extends Pick<ResultProps, "result" | "marks"> {
  readonly shown: ShownResult;
}

/** The totals at the confidence that the reader chooses. */
export function ResultTotals({ result, marks, shown: { findings, colours } }: Props): React.ReactNode {
  const { threshold, setThreshold } = findings;
  const least = result.analysis.model.min_confidence;
  return (
    <Totals
      appearances={findings.corrected}
      unmarked={marks.length > 0 ? findings.appearances : null}
      colours={colours}
      controls={<Threshold value={threshold} least={least} onChange={setThreshold} />}
      empty={<NothingFound isAtBase={threshold === least} />}
    />
  );
}
