import type { AlertProps } from "@cloudscape-design/components/alert";
import { lazy, Suspense } from "react";

// Most visits see none.
const Alert = lazy(() => import("@cloudscape-design/components/alert"));

/** An alert, loaded when there is something to tell. */
export function Notice(props: AlertProps): React.ReactNode {
  return (
    <Suspense fallback={<div role="status">{props.children}</div>}>
      <Alert {...props} />
    </Suspense>
  );
}
