import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import ProgressBar from "@cloudscape-design/components/progress-bar";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useEffect, useState } from "react";
import { useLocation } from "wouter";
import { useOpenMarks } from "@/api/marks";
import type { ProjectItem } from "@/api/types";
import { Failure } from "@/shared/Failure";
import { strings } from "@/strings";
import { annotationsAmong } from "@/training/annotations";
import { LabelsChoice } from "@/training/LabelsChoice";
import { OpenMarks } from "@/training/OpenMarks";
import { useTraining } from "@/training/useTraining";
import { DropZone } from "@/upload/DropZone";
import { LeaveGuard } from "@/upload/LeaveGuard";
import { kindOf } from "@/upload/mediaKinds";
import { overallProgress } from "@/upload/uploads";
import { UploadTable } from "@/upload/UploadTable";

const text = strings.train;

/** Most of a project's open marks that a batch takes. */
const MOST_MARKS = 50;

export function TrainForm({ project }: { readonly project: ProjectItem }): React.ReactNode {
  const [, go] = useLocation();
  const [chosen, setChosen] = useState<string | null>(null);
  const [withMarks, setWithMarks] = useState(true);
  const marks = (useOpenMarks(project.name).data ?? []).slice(0, MOST_MARKS);
  const { items, add, remove, begin, isBusy, problem, job } = useTraining(project.name);
  const offered = annotationsAmong(items.map(({ name }) => name));
  const isThere = chosen === "" || (chosen !== null && offered.includes(chosen));
  const annotations = isThere ? chosen : (offered[0] ?? "");
  const taken = withMarks && annotations === "" ? marks.map(({ id }) => id) : [];
  const isEmpty = items.length === 0 && taken.length === 0;
  // Only of a page that still shows, and once nothing holds it back.
  useEffect(() => {
    if (job) go(`/jobs/${job}`);
  }, [job, go]);
  return (
    <Container>
      <SpaceBetween size="l">
        <DropZone hint={text.kinds} takes={(name) => kindOf(name) !== "other"} onFiles={add} />
        {items.length > 0 && <UploadTable items={items} isBusy={isBusy} onRemove={remove} />}
        <LabelsChoice offered={offered} value={annotations} onChange={setChosen} />
        {marks.length > 0 &&
          (annotations === "" ? (
            <OpenMarks marks={marks} isTaken={withMarks} onChange={setWithMarks} />
          ) : (
            <Box color="text-body-secondary">{text.marksWait(marks.length)}</Box>
          ))}
        {problem !== null && <Failure problem={problem} />}
        {isBusy && <ProgressBar value={overallProgress(items) * 100} label={strings.analyze.uploading} />}
        {isBusy && <LeaveGuard />}
        <Button
          variant="primary"
          disabled={isEmpty}
          loading={isBusy}
          onClick={() => void begin({ annotations: annotations || null, marks: taken })}
        >
          {annotations ? text.start : text.startLabeling}
        </Button>
      </SpaceBetween>
    </Container>
  );
}
