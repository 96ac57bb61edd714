import Button from "@cloudscape-design/components/button";
import Form from "@cloudscape-design/components/form";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { Notice } from "@/shared/Notice";
import { useSubmit } from "@/session/useSubmit";

interface Props {
  readonly action: () => Promise<void>;
  readonly label: string;
  readonly ready: boolean;
  readonly secondary?: React.ReactNode;
  readonly children: React.ReactNode;
}

/** One step's form: fields, what went wrong, and the button that goes on. */
export function AuthForm({ action, label, ready, secondary, children }: Props): React.ReactNode {
  const { busy, error, submit } = useSubmit(action);
  return (
    <form onSubmit={submit} noValidate>
      <Form>
        <SpaceBetween size="l">
          {error && <Notice type="error">{error}</Notice>}
          {children}
          <Button variant="primary" fullWidth loading={busy} disabled={!ready} formAction="submit">
            {label}
          </Button>
          {secondary}
        </SpaceBetween>
      </Form>
    </form>
  );
}
