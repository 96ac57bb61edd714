import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import ProgressBar from "@cloudscape-design/components/progress-bar";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { useApi } from "@/api/ApiContext";
import { answered } from "@/api/client";
import { useQuote } from "@/api/costs";
import { ApiError } from "@/api/errors";
import type { ProjectItem } from "@/api/types";
import { QuoteSummary } from "@/analyze/QuoteSummary";
import { useMediaFacts } from "@/analyze/useMediaFacts";
import { usd } from "@/shared/format";
import { PageButton } from "@/shared/PageButton";
import { ProjectSelect } from "@/shared/ProjectSelect";
import { strings } from "@/strings";
import { DropZone } from "@/upload/DropZone";
import { LeaveGuard } from "@/upload/LeaveGuard";
import { isMedia } from "@/upload/mediaKinds";
import { isPending, overallProgress } from "@/upload/uploads";
import { UploadTable } from "@/upload/UploadTable";
import { useUploads } from "@/upload/useUploads";

const text = strings.analyze;

export function AnalyzeForm({ projects }: { readonly projects: readonly ProjectItem[] }): React.ReactNode {
  const api = useApi();
  const [project, setProject] = useState(projects[0]?.name ?? "");
  const [isBusy, setBusy] = useState(false);
  const { items, add, remove, clear, start } = useUploads();
  const facts = useMediaFacts(items);
  const quote = useQuote(facts.length > 0 ? { project, files: facts } : null);
  const pending = items.filter(isPending);
  const costs = new Map(quote.data?.files.map(({ name, quote: { cost } }) => [name, cost.estimated_usd]));

  const analyze = async (upload: string): Promise<string | null> => {
    const { analyses } = await answered(api.POST("/analyses", { body: { project, uploads: [upload] } }));
    const refusal = analyses[0]?.error;
    if (refusal) throw new ApiError(refusal.retryable ? 503 : 409, refusal.code, refusal.message, "");
    return analyses[0]?.job_id ?? null;
  };
  const begin = async (): Promise<void> => {
    setBusy(true);
    await start({ project, purpose: "analyze", batch: null }, analyze);
    setBusy(false);
  };
  const isDone = items.length > 0 && pending.length === 0 && !isBusy;
  return (
    <Container>
      <SpaceBetween size="l">
        <ProjectSelect projects={projects} value={project} onChange={setProject} />
        <DropZone hint={text.kinds} takes={isMedia} onFiles={add} />
        {items.length > 0 && (
          <UploadTable
            items={items}
            isBusy={isBusy}
            onRemove={remove}
            columns={[
              {
                id: "cost",
                header: text.atMost,
                cell: ({ name }) => {
                  const cost = costs.get(name);
                  return cost === undefined ? strings.common.none : usd(cost);
                },
              },
            ]}
          />
        )}
        {items.length > 0 && <QuoteSummary query={quote} unknown={items.length - facts.length} />}
        {isBusy && <ProgressBar value={overallProgress(items) * 100} label={text.uploading} />}
        {isBusy && <LeaveGuard />}
        <SpaceBetween size="xs" direction="horizontal">
          {isDone ? (
            <PageButton to="/" variant="primary">
              {text.followAll}
            </PageButton>
          ) : (
            <Button
              variant="primary"
              disabled={pending.length === 0}
              loading={isBusy}
              onClick={() => void begin()}
            >
              {text.start(pending.length)}
            </Button>
          )}
          {items.length > 0 && (
            <Button variant="link" disabled={isBusy} onClick={clear}>
              {text.clear}
            </Button>
          )}
        </SpaceBetween>
      </SpaceBetween>
    </Container>
  );
}
