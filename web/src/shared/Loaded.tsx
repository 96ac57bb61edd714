import type { UseQueryResult } from "@tanstack/react-query";
import Box from "@cloudscape-design/components/box";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { Failure } from "@/shared/Failure";
import { Outdated } from "@/shared/Outdated";
import { strings } from "@/strings";

interface Props<Data> {
  readonly query: UseQueryResult<Data>;
  readonly children: (data: Data) => React.ReactNode;
}

/** What a query gave; until then that it loads, or why it failed. Old data stays while new is asked for, and
 * below the reason where none comes. */
export function Loaded<Data>({ query, children }: Props<Data>): React.ReactNode {
  const again = (): void => void query.refetch();
  if (query.data !== undefined)
    return (
      <>
        {query.error && (
          <Box margin={{ bottom: "m" }}>
            <Outdated problem={query.error} onRetry={again} />
          </Box>
        )}
        {children(query.data)}
      </>
    );
  if (query.error) return <Failure problem={query.error} onRetry={again} />;
  return (
    <Box padding="l" textAlign="center">
      <StatusIndicator type="loading">{strings.loading}</StatusIndicator>
    </Box>
  );
}
