import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import ProgressBar from "@cloudscape-design/components/progress-bar";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useEffect, useState } from "react";
import { useLocation } from "wouter";
import { useApi } from "@/api/ApiContext";
import { answered } from "@/api/client";
import { useOpenMarks } from "@/api/marks";
import type { ProjectItem } from "@/api/types";
import { Failure } from "@/shared/Failure";
import { strings } from "@/strings";
import { annotationsAmong } from "@/training/annotations";
import { batchName } from "@/training/batchName";
import { LabelsChoice } from "@/training/LabelsChoice";
import { OpenMarks } from "@/training/OpenMarks";
import { DropZone } from "@/upload/DropZone";
import { LeaveGuard } from "@/upload/LeaveGuard";
import { kindOf } from "@/upload/mediaKinds";
import { overallProgress } from "@/upload/uploads";
import { UploadTable } from "@/upload/UploadTable";
import { useUploads } from "@/upload/useUploads";

const text = strings.train;

/** Most of a project's open marks that a batch takes. */
const MOST_MARKS = 50;

export function TrainForm({ project }: { readonly project: ProjectItem }): React.ReactNode {
  const api = useApi();
  const [, go] = useLocation();
  const [batch] = useState(() => batchName(new Date()));
  const [chosen, setChosen] = useState<string | null>(null);
  const [withMarks, setWithMarks] = useState(true);
  const [isBusy, setBusy] = useState(false);
  const [job, setJob] = useState<string | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const marks = (useOpenMarks(project.name).data ?? []).slice(0, MOST_MARKS);
  const { items, add, remove, start } = useUploads();
  const offered = annotationsAmong(items.map(({ name }) => name));
  const isThere = chosen === "" || (chosen !== null && offered.includes(chosen));
  const annotations = isThere ? chosen : (offered[0] ?? "");
  const taken = withMarks && annotations === "" ? marks.map(({ id }) => id) : [];
  const isEmpty = items.length === 0 && taken.length === 0;

  // Only of a page that still shows, and once nothing holds it back.
  useEffect(() => {
    if (job) go(`/jobs/${job}`);
  }, [job, go]);

  const complete = async (upload: string): Promise<null> => {
    await answered(api.POST("/uploads/{upload}/complete", { params: { path: { upload } } }));
    return null;
  };
  const train = async (): Promise<void> => {
    setBusy(true);
    setProblem(null);
    try {
      const isWhole = await start({ project: project.name, purpose: "train", batch }, complete);
      if (!isWhole) throw new Error(text.incomplete);
      const body = { project: project.name, batch, annotations: annotations || null, marks: taken };
      const { job_id: begun } = await answered(api.POST("/training", { body }));
      setJob(begun);
    } catch (failure) {
      setProblem(failure);
    }
    setBusy(false);
  };
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
        <Button variant="primary" disabled={isEmpty} loading={isBusy} onClick={() => void train()}>
          {annotations ? text.start : text.startLabeling}
        </Button>
      </SpaceBetween>
    </Container>
  );
}
