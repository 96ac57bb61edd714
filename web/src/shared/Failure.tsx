import Button from "@cloudscape-design/components/button";
import { ApiError } from "@/api/errors";
import { SignedOut } from "@/session/authentication";
import { Notice } from "@/shared/Notice";
import { strings } from "@/strings";

const text = strings.failure;

interface Props {
  readonly problem: unknown;
  /** What has failed, where that is not plain from the place. */
  readonly title?: string;
  readonly onRetry?: () => void;
}

/** What went wrong, in words, and what can be done: sign in again, ask for the permission, try again. */
export function Failure({ problem, title = titleOf(problem), onRetry }: Props): React.ReactNode {
  const refused = problem instanceof ApiError ? problem : null;
  const again = onRetry && !refused?.isForbidden && (
    <Button iconName="refresh" onClick={onRetry}>
      {text.retry}
    </Button>
  );
  return (
    <Notice type={refused?.isForbidden ? "warning" : "error"} header={title} action={again}>
      {problemInWords(problem)}
    </Notice>
  );
}

export function problemInWords(problem: unknown): string {
  if (problem instanceof ApiError && problem.isForbidden) return text.forbidden;
  if (problem instanceof SignedOut) return text.signedOut;
  if (problem instanceof TypeError) return text.unreachable;
  return problem instanceof Error && problem.message ? problem.message : text.unknown;
}

function titleOf(problem: unknown): string {
  if (!(problem instanceof ApiError)) return text.title;
  if (problem.isForbidden) return text.forbiddenTitle;
  return problem.isMissing ? text.missingTitle : text.title;
}
