import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import type { UseQueryResult } from "@tanstack/react-query";
import type { QuoteAnswer } from "@/api/types";
import { overBudget } from "@/analyze/overBudget";
import { problemInWords } from "@/shared/Failure";
import { usd } from "@/shared/format";
import { strings } from "@/strings";

const text = strings.analyze;

interface Props {
  readonly query: UseQueryResult<QuoteAnswer>;
  /** How many files could not be quoted, because the browser cannot read them. */
  readonly unknown: number;
}

/** What the files will cost at most, what that rests on, and whether the budget allows it. */
export function QuoteSummary({ query, unknown }: Props): React.ReactNode {
  const { data: quote, error, isFetching } = query;
  if (error) return <Alert type="warning">{text.noQuote(problemInWords(error))}</Alert>;
  if (!quote) return isFetching ? <StatusIndicator type="loading">{text.quoting}</StatusIndicator> : null;
  const problem = overBudget(quote);
  return (
    <SpaceBetween size="xs">
      <div>
        <Box variant="span">{text.total} </Box>
        <Box variant="span" fontSize="heading-m" fontWeight="bold">
          {usd(quote.total.estimated_usd)}
        </Box>
      </div>
      {unknown > 0 && <Box color="text-body-secondary">{text.unknown(unknown)}</Box>}
      {problem && <Alert type="warning">{problem}</Alert>}
      <ExpandableSection headerText={text.restsOn}>
        <ul>
          {quote.assumed.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      </ExpandableSection>
    </SpaceBetween>
  );
}
