import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { Notice } from "@/shared/Notice";
import { strings } from "@/strings";

interface Props {
  readonly onRetry: () => void;
  readonly onSignOut: () => void;
}

/** Shown to who has signed in and gets no keys: for want of a role, or of a connection. */
export function NoSession({ onRetry, onSignOut }: Props): React.ReactNode {
  const actions = (
    <SpaceBetween size="xs" direction="horizontal">
      <Button onClick={onRetry}>{strings.failure.retry}</Button>
      <Button onClick={onSignOut}>{strings.signOut}</Button>
    </SpaceBetween>
  );
  return (
    <main className="alone">
      <Notice type="error" header={strings.noSession.title} action={actions}>
        {strings.noSession.what}
      </Notice>
    </main>
  );
}
