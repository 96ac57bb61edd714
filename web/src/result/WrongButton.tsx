import Button from "@cloudscape-design/components/button";
import type { Appearance } from "@/api/analysis.gen";
import type { Mark } from "@/api/types";
import { wrongMarkOf } from "@/result/findings";
import { clock } from "@/shared/format";
import { strings } from "@/strings";

const text = strings.marks;

export interface WrongMarks {
  readonly marks: readonly Mark[];
  readonly add: (appearance: Appearance) => void;
  readonly remove: (mark: Mark) => void;
  readonly isBusy: boolean;
}

interface Props {
  readonly appearance: Appearance;
  readonly wrong: WrongMarks;
}

/** Marks an appearance as wrong, or takes that back. */
export function WrongButton({ appearance, wrong: { marks, add, remove, isBusy } }: Props): React.ReactNode {
  const mark = wrongMarkOf(appearance, marks);
  const at = clock(appearance.start_seconds ?? 0);
  if (!mark) {
    return (
      <Button
        variant="inline-link"
        disabled={isBusy}
        ariaLabel={text.wrongLabel(appearance.label, at)}
        onClick={() => add(appearance)}
      >
        {text.wrong}
      </Button>
    );
  }
  return (
    <Button
      iconName="undo"
      disabled={isBusy || mark.trained_by !== null}
      ariaLabel={text.undoLabel(appearance.label, at)}
      onClick={() => remove(mark)}
    >
      {text.isWrong}
    </Button>
  );
}
