import Box from "@cloudscape-design/components/box";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import { useState } from "react";
import { AuthForm } from "@/session/AuthForm";
import { strings } from "@/strings";

const text = strings.signIn;

interface Props {
  /** The key to enter in an authenticator app, for who has none set up yet. */
  readonly secret?: string;
  readonly label: string;
  readonly onCode: (code: string) => Promise<void>;
}

/** Asks for the code that an authenticator app shows. */
export function CodeForm({ secret, label, onCode }: Props): React.ReactNode {
  const [code, setCode] = useState("");
  return (
    <AuthForm action={() => onCode(code)} label={label} ready={/^\d{6}$/.test(code)}>
      {secret && (
        <div>
          <Box>{text.setUpAuthenticator}</Box>
          <Box variant="code">{secret}</Box>
        </div>
      )}
      <FormField label={text.code} description={text.codeHint}>
        <Input
          value={code}
          onChange={({ detail }) => setCode(detail.value.trim())}
          inputMode="numeric"
          autoComplete="one-time-code"
        />
      </FormField>
    </AuthForm>
  );
}
