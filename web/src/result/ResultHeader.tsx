import ButtonDropdown from "@cloudscape-design/components/button-dropdown";
import Header from "@cloudscape-design/components/header";
import type { Analysis } from "@/api/analysis.gen";
import type { JobDetails, ResultUrls } from "@/api/types";
import { clock, moment, usd } from "@/shared/format";
import { strings } from "@/strings";

const text = strings.result;

interface Props {
  readonly details: JobDetails;
  readonly analysis: Analysis;
  readonly urls: ResultUrls;
}

/** The file's name and facts, and its downloads. */
export function ResultHeader({ details: { job, cost }, analysis: { media }, urls }: Props): React.ReactNode {
  const facts = [
    job.project,
    text.title[media.kind],
    media.duration_seconds === null ? "" : clock(media.duration_seconds),
    `${media.width} × ${media.height}`,
    moment(job.created_at),
    cost ? usd(cost.estimated_usd) : "",
  ];
  const { json, csv, vtt, detections, report } = text.downloads;
  const file = (
    id: string,
    label: string,
    href: string,
  ): { id: string; text: string; href: string; external: true } => ({
    id,
    text: label,
    href,
    external: true,
  });
  return (
    <Header
      variant="h1"
      description={facts.filter(Boolean).join(" · ")}
      actions={
        <ButtonDropdown
          items={[
            file("report", report, urls.report),
            file("csv", csv, urls.exposures),
            file("json", json, urls.analysis),
            ...(urls.timeline ? [file("vtt", vtt, urls.timeline)] : []),
            file("detections", detections, urls.detections),
          ]}
        >
          {text.download}
        </ButtonDropdown>
      }
    >
      {job.name}
    </Header>
  );
}
