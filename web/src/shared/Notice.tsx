import type { AlertProps } from "@cloudscape-design/components/alert";
import { type ComponentType, lazy, Suspense } from "react";

// Most visits see none. Where the network is what failed, it cannot be loaded either.
const Alert = lazy<ComponentType<AlertProps>>(() =>
  import("@cloudscape-design/components/alert").catch(() => ({ default: PlainNotice })),
);

/** An alert, loaded when there is something to tell. */
export function Notice(props: AlertProps): React.ReactNode {
  return (
    <Suspense fallback={<PlainNotice {...props} />}>
      <Alert {...props} />
    </Suspense>
  );
}

function PlainNotice({ header, children, action }: AlertProps): React.ReactNode {
  return (
    <div role="status">
      <strong>{header}</strong> {children} {action}
    </div>
  );
}
