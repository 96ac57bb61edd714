import Button from "@cloudscape-design/components/button";
import { problemInWords } from "@/shared/Failure";
import { Notice } from "@/shared/Notice";
import { strings } from "@/strings";

const text = strings.failure;

interface Props {
  readonly problem: unknown;
  readonly onRetry: () => void;
}

/** Told above what was had before and could not be had anew. */
export function Outdated({ problem, onRetry }: Props): React.ReactNode {
  return (
    <Notice
      type="warning"
      header={text.outdatedTitle}
      action={
        <Button iconName="refresh" onClick={onRetry}>
          {text.retry}
        </Button>
      }
    >
      {problemInWords(problem)}
    </Notice>
  );
}
