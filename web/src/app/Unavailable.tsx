import { Notice } from "@/shared/Notice";
import { strings } from "@/strings";

/** Shown instead of the portal where it cannot start. */
export function Unavailable({ problem }: { readonly problem: unknown }): React.ReactNode {
  return (
    <main className="alone">
      <Notice type="error" header={strings.unavailable.title}>
        {strings.unavailable.what} {problem instanceof Error && problem.message}
      </Notice>
    </main>
  );
}
