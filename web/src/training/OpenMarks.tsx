import Checkbox from "@cloudscape-design/components/checkbox";
import type { Mark } from "@/api/types";
import { strings } from "@/strings";

interface Props {
  readonly marks: readonly Mark[];
  readonly isTaken: boolean;
  readonly onChange: (taken: boolean) => void;
}

/** Offers the pictures that people marked in results as part of the batch. */
export function OpenMarks({ marks, isTaken, onChange }: Props): React.ReactNode {
  return (
    <Checkbox
      checked={isTaken}
      onChange={({ detail }) => onChange(detail.checked)}
      description={strings.train.marksHint}
    >
      {strings.train.marks(marks.length)}
    </Checkbox>
  );
}
