import type { UseQueryResult } from "@tanstack/react-query";
import Box from "@cloudscape-design/components/box";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { Failure } from "@/shared/Failure";
import { strings } from "@/strings";

interface Props<Data> {
  readonly query: UseQueryResult<Data>;
  readonly children: (data: Data) => React.ReactNode;
}

/** What a query gave; until then that it loads, or why it failed. Old data stays while new is asked for. */
export function Loaded<Data>({ query, children }: Props<Data>): React.ReactNode {
  if (query.data !== undefined) return children(query.data);
  if (query.error) return <Failure problem={query.error} onRetry={() => void query.refetch()} />;
  return (
    <Box padding="l" textAlign="center">
      <StatusIndicator type="loading">{strings.loading}</StatusIndicator>
    </Box>
  );
}
