import { usePageTitle } from "@/shared/usePageTitle";
import "@/shared/pageContent.css";

interface Props {
  /** What the page is called. */
  readonly title: string;
  readonly header: React.ReactNode;
  readonly children: React.ReactNode;
}

/** A page: its header, and below it what it holds. */
export function PageContent({ title, header, children }: Props): React.ReactNode {
  usePageTitle(title);
  return (
    <div className="page-content">
      {header}
      {children}
    </div>
  );
}
