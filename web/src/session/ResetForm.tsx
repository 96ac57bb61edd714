import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import { useState } from "react";
import { confirmReset, requestReset } from "@/session/authentication";
import { AuthForm } from "@/session/AuthForm";
import { NewPasswordField } from "@/session/NewPasswordField";
import { isGoodPassword } from "@/session/passwordRules";
import { strings } from "@/strings";

const text = strings.signIn;

interface Props {
  readonly user: string;
  readonly onReset: () => void;
  readonly onBack: () => void;
}

/** A forgotten password: a code is sent by mail, and a new password set with it. */
export function ResetForm({ user: known, onReset, onBack }: Props): React.ReactNode {
  const [user, setUser] = useState(known);
  const [isSent, setSent] = useState(false);
  const [code, setCode] = useState("");
  const [password, setPassword] = useState("");
  const name = user.trim();
  const send = async (): Promise<void> => {
    await requestReset(name);
    setSent(true);
  };
  const confirm = async (): Promise<void> => {
    await confirmReset(name, code, password);
    onReset();
  };
  return (
    <AuthForm
      key={isSent ? "confirm" : "send"}
      action={isSent ? confirm : send}
      label={isSent ? text.setPassword : text.sendCode}
      ready={isSent ? code !== "" && isGoodPassword(password) : name !== ""}
      secondary={
        <Button variant="inline-link" formAction="none" onClick={onBack}>
          {text.back}
        </Button>
      }
    >
      <FormField label={text.user}>
        <Input
          value={user}
          onChange={({ detail }) => setUser(detail.value)}
          disabled={isSent}
          autoComplete="username"
        />
      </FormField>
      {isSent && (
        <FormField label={text.code} description={text.codeSent}>
          <Input
            value={code}
            onChange={({ detail }) => setCode(detail.value.trim())}
            autoComplete="one-time-code"
          />
        </FormField>
      )}
      {isSent && <NewPasswordField value={password} onChange={setPassword} />}
    </AuthForm>
  );
}
