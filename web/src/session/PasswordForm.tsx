import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import { useState } from "react";
import { beginSignIn, type SignInStep } from "@/session/authentication";
import { AuthForm } from "@/session/AuthForm";
import { strings } from "@/strings";

const text = strings.signIn;

interface Props {
  readonly user: string;
  readonly onUser: (user: string) => void;
  readonly onStep: (step: SignInStep) => void;
}

export function PasswordForm({ user, onUser, onStep }: Props): React.ReactNode {
  const [password, setPassword] = useState("");
  const name = user.trim();
  return (
    <AuthForm
      action={async () => onStep(await beginSignIn(name, password))}
      label={text.submit}
      ready={name !== "" && password !== ""}
      secondary={
        <Button variant="inline-link" formAction="none" onClick={() => onStep({ kind: "reset", user: name })}>
          {text.forgot}
        </Button>
      }
    >
      <FormField label={text.user}>
        <Input
          value={user}
          onChange={({ detail }) => onUser(detail.value)}
          autoComplete="username"
          name="user"
        />
      </FormField>
      <FormField label={text.password}>
        <Input
          value={password}
          onChange={({ detail }) => setPassword(detail.value)}
          type="password"
          autoComplete="current-password"
          name="password"
        />
      </FormField>
    </AuthForm>
  );
}
