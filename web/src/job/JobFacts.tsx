import Container from "@cloudscape-design/components/container";
import KeyValuePairs, { type KeyValuePairsProps } from "@cloudscape-design/components/key-value-pairs";
import type { JobDetails } from "@/api/types";
import { duration, moment, usd } from "@/shared/format";
import { PageLink } from "@/shared/PageLink";
import { strings } from "@/strings";

const text = strings.job;

/** When a job ran, and what it cost or may cost. */
export function JobFacts({ details }: { readonly details: JobDetails }): React.ReactNode {
  const { job } = details;
  const items: KeyValuePairsProps.Item[] = [
    {
      label: strings.common.project,
      value: <PageLink to={`/projects/${job.project}`}>{job.project}</PageLink>,
    },
    { label: text.received, value: moment(job.created_at) },
  ];
  if (job.finished_at) {
    const seconds = (Date.parse(job.finished_at) - Date.parse(job.created_at)) / 1000;
    items.push({ label: text.duration, value: duration(seconds) });
  }
  const cost = costInWords(details);
  if (cost) items.push({ label: text.cost, value: cost });
  return (
    <Container>
      <KeyValuePairs columns={4} items={items} />
    </Container>
  );
}

function costInWords({ cost, at_most_usd: atMost }: JobDetails): string {
  if (cost) return usd(cost.estimated_usd);
  return atMost === null ? "" : text.atMost(usd(atMost));
}
