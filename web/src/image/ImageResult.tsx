import Container from "@cloudscape-design/components/container";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { BoxList } from "@/image/BoxList";
import { Picture } from "@/image/Picture";
import { MissButton } from "@/result/MissButton";
import { ResultPage } from "@/result/ResultPage";
import type { ResultProps } from "@/result/ResultProps";
import { ResultTotals } from "@/result/ResultTotals";
import { useShownResult } from "@/result/useShownResult";
import { Columns } from "@/shared/Columns";

/** What was found in a picture: boxes over it, how many of each brand, and marks. */
export function ImageResult(props: ResultProps): React.ReactNode {
  const { details, result, marks } = props;
  const shown = useShownResult(props);
  const { findings, colours, wrong, error, missable } = shown;
  const [pointed, setPointed] = useState<number | null>(null);
  const detections = findings.frames[0]?.detections ?? [];
  return (
    <ResultPage details={details} result={result} error={error}>
      <Columns first={60}>
        <Container>
          <Picture
            url={result.urls.media}
            name={details.job.name}
            media={result.analysis.media}
            detections={detections}
            colours={colours}
            pointed={pointed}
            onPoint={setPointed}
          />
        </Container>
        <SpaceBetween size="l">
          <ResultTotals result={result} marks={marks} shown={shown} />
          <BoxList
            detections={detections}
            appearances={findings.appearances}
            colours={colours}
            pointed={pointed}
            onPoint={setPointed}
            wrong={wrong}
            actions={wrong && <MissButton job={details.job.job_id} labels={missable} clip={null} />}
          />
        </SpaceBetween>
      </Columns>
    </ResultPage>
  );
}
