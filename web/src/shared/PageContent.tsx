import "@/shared/pageContent.css";

interface Props {
  readonly header: React.ReactNode;
  readonly children: React.ReactNode;
}

/** A page: its header, and below it what it holds. */
export function PageContent({ header, children }: Props): React.ReactNode {
  return (
    <div className="page-content">
      {header}
      {children}
    </div>
  );
}
