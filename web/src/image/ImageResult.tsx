import Container from "@cloudscape-design/components/container";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useMemo, useState } from "react";
import { useProject } from "@/api/projects";
import { BoxList } from "@/image/BoxList";
import { Picture } from "@/image/Picture";
import { labelsOfResult } from "@/result/findings";
import { MarksPanel } from "@/result/MarksPanel";
import { MissButton } from "@/result/MissButton";
import { NothingFound } from "@/result/NothingFound";
import { ResultHeader } from "@/result/ResultHeader";
import type { ResultProps } from "@/result/ResultProps";
import { Threshold } from "@/result/Threshold";
import { Totals } from "@/result/Totals";
import { useFindings } from "@/result/useFindings";
import { useWrongMarks } from "@/result/useWrongMarks";
import { Warnings } from "@/result/Warnings";
import { Failure } from "@/shared/Failure";
import { Columns } from "@/shared/Columns";
import { PageContent } from "@/shared/PageContent";
import { labelColours } from "@/shared/labelColours";

/** What was found in a picture: boxes over it, how many of each brand, and marks. */
export default function ImageResult({ details, result, marks }: ResultProps): React.ReactNode {
  const { analysis, urls } = result;
  const id = details.job.job_id;
  const findings = useFindings(result, marks);
  const { wrong, error } = useWrongMarks(id, marks);
  const taught = useProject(analysis.job.project).data?.labels ?? [];
  const labels = useMemo(() => labelsOfResult(analysis, marks), [analysis, marks]);
  const colours = useMemo(() => labelColours(labels), [labels]);
  const [pointed, setPointed] = useState<number | null>(null);
  const detections = findings.frames[0]?.detections ?? [];
  return (
    <PageContent header={<ResultHeader details={details} analysis={analysis} urls={urls} />}>
      <Warnings warnings={analysis.warnings} />
      {error && <Failure problem={error} />}
      <Columns first={60}>
        <Container>
          <Picture
            url={urls.media}
            name={details.job.name}
            media={analysis.media}
            detections={detections}
            colours={colours}
            pointed={pointed}
            onPoint={setPointed}
          />
        </Container>
        <SpaceBetween size="l">
          <Totals
            appearances={findings.corrected}
            unmarked={marks.length > 0 ? findings.appearances : null}
            colours={colours}
            controls={
              <Threshold
                value={findings.threshold}
                least={analysis.model.min_confidence}
                onChange={findings.setThreshold}
              />
            }
            empty={<NothingFound isAtBase={findings.threshold === analysis.model.min_confidence} />}
          />
          <BoxList
            detections={detections}
            appearances={findings.appearances}
            colours={colours}
            pointed={pointed}
            onPoint={setPointed}
            wrong={wrong}
            actions={
              wrong && (
                <MissButton job={id} labels={[...new Set([...taught, ...labels])].sort()} clip={null} />
              )
            }
          />
        </SpaceBetween>
      </Columns>
      <MarksPanel job={id} marks={marks} appearances={analysis.appearances} />
    </PageContent>
  );
}
