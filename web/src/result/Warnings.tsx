import Alert from "@cloudscape-design/components/alert";
import type { Analysis } from "@/api/analysis.gen";
import { clock } from "@/shared/format";
import { strings } from "@/strings";

/** What a reader must know to trust the figures. */
export function Warnings({ warnings }: Pick<Analysis, "warnings">): React.ReactNode {
  if (warnings.length === 0) return null;
  return (
    <Alert type="warning" header={strings.result.warnings}>
      {warnings.map(({ code, message, start_seconds: start, end_seconds: end }, i) => (
        <div key={`${code}${i}`}>
          {start !== null && end !== null && `${clock(start)} - ${clock(end)}: `}
          {message}
        </div>
      ))}
    </Alert>
  );
}
