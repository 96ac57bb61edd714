import type { UseQueryResult } from "@tanstack/react-query";
import Box from "@cloudscape-design/components/box";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { Failure } from "@/shared/Failure";
import { strings } from "@/strings";

interface Props<Data> {
  readonly query: UseQueryResult<Data>;
  readonly children: (data: Data) => React.ReactNode;
}

/** What a query gave; until then that it loads, or why it failed. Old data stays while new is asked for, and
 * below the reason where none comes. */
export function Loaded<Data>({ query, children }: Props<Data>): React.ReactNode {
  const failure = query.error && <Failure problem={query.error} onRetry={() => void query.refetch()} />;
  if (query.data !== undefined)
    return (
      <>
        {failure}
        {children(query.data)}
      </>
    );
  if (failure) return failure;
  return (
    <Box padding="l" textAlign="center">
      <StatusIndicator type="loading">{strings.loading}</StatusIndicator>
    </Box>
  );
}
