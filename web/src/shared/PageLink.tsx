import Link from "@cloudscape-design/components/link";
import { useLocation } from "wouter";

interface Props {
  readonly to: string;
  readonly children: React.ReactNode;
}

/** A link to another page of the portal. */
export function PageLink({ to, children }: Props): React.ReactNode {
  const [, go] = useLocation();
  return (
    <Link
      href={to}
      onFollow={(event) => {
        event.preventDefault();
        go(to);
      }}
    >
      {children}
    </Link>
  );
}
