import { Empty } from "@/shared/Empty";
import { strings } from "@/strings";

const text = strings.result;

/** Told where no brand is left: at the confidence that the job ran with, or above it. */
export function NothingFound({ isAtBase }: { readonly isAtBase: boolean }): React.ReactNode {
  return isAtBase ? (
    <Empty title={text.nothing} hint={text.nothingHint} />
  ) : (
    <Empty title={text.nothingAtThreshold} />
  );
}
