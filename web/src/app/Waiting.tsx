import Spinner from "@cloudscape-design/components/spinner";
import { strings } from "@/strings";

/** Shown while the portal finds out who is here, or loads a page. */
export function Waiting(): React.ReactNode {
  return (
    <div className="waiting" role="status">
      <Spinner size="large" />
      <span className="unseen">{strings.loading}</span>
    </div>
  );
}
