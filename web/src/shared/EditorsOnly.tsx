import Alert from "@cloudscape-design/components/alert";
import { useSession } from "@/session/SessionContext";
import { strings } from "@/strings";

/** A page for editors; everybody else is told why there is nothing for them. */
export function EditorsOnly({ children }: { readonly children: React.ReactNode }): React.ReactNode {
  const { isEditor } = useSession();
  if (isEditor) return children;
  return (
    <Alert type="warning" header={strings.failure.forbiddenTitle}>
      {strings.failure.forbidden}
    </Alert>
  );
}
