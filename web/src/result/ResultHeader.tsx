import Header from "@cloudscape-design/components/header";
import type { Analysis } from "@/api/analysis.gen";
import type { JobDetails, ResultUrls } from "@/api/types";
import { Downloads } from "@/result/Downloads";
import { clock, moment, usd } from "@/shared/format";
import { strings } from "@/strings";

const text = strings.result;

interface Props {
  readonly details: JobDetails;
  readonly analysis: Analysis;
  readonly urls: ResultUrls;
}

/** The file's name and facts, and its downloads. */
export function ResultHeader({ details: { job, cost }, analysis, urls }: Props): React.ReactNode {
  const { media } = analysis;
  const facts = [
    job.project,
    text.title[media.kind],
    media.duration_seconds === null ? "" : clock(media.duration_seconds),
    `${media.width} × ${media.height}`,
    moment(job.created_at),
    cost ? usd(cost.estimated_usd) : "",
  ];
  return (
    <Header
      variant="h1"
      description={facts.filter(Boolean).join(" · ")}
      actions={<Downloads name={job.name} analysis={analysis} urls={urls} />}
    >
      {job.name}
    </Header>
  );
}
