import SpaceBetween from "@cloudscape-design/components/space-between";

interface Props {
  readonly header: React.ReactNode;
  readonly children: React.ReactNode;
}

/** A page: its header, and below it what it holds. */
export function PageContent({ header, children }: Props): React.ReactNode {
  return (
    <SpaceBetween size="l">
      {header}
      {children}
    </SpaceBetween>
  );
}
