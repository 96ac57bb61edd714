import Button, { type ButtonProps } from "@cloudscape-design/components/button";
import { useLocation } from "wouter";

interface Props {
  readonly to: string;
  readonly variant?: ButtonProps.Variant;
  readonly children: React.ReactNode;
}

/** A button that opens another page of the portal. */
export function PageButton({ to, variant = "normal", children }: Props): React.ReactNode {
  const [, go] = useLocation();
  return (
    <Button
      href={to}
      variant={variant}
      onFollow={(event) => {
        event.preventDefault();
        go(to);
      }}
    >
      {children}
    </Button>
  );
}
