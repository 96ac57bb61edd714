import "@/shared/columns.css";

interface Props {
  /** The share of the first column in the width, in percent; on a narrow screen columns are rows. */
  readonly first: 40 | 50 | 60;
  readonly children: React.ReactNode;
}

/** Two columns side by side. */
export function Columns({ first, children }: Props): React.ReactNode {
  return <div className={`columns columns-${first}`}>{children}</div>;
}
