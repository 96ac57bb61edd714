import Box from "@cloudscape-design/components/box";
import SpaceBetween from "@cloudscape-design/components/space-between";

interface Props {
  readonly title: string;
  readonly hint?: string;
  readonly action?: React.ReactNode;
}

/** Told where there is nothing yet, with what would change that. */
export function Empty({ title, hint, action }: Props): React.ReactNode {
  return (
    <Box textAlign="center" color="inherit" padding={{ vertical: "l" }}>
      <SpaceBetween size="s">
        <Box variant="strong">{title}</Box>
        {hint && <Box color="text-body-secondary">{hint}</Box>}
        {action}
      </SpaceBetween>
    </Box>
  );
}
