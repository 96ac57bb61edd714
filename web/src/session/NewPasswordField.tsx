import Box from "@cloudscape-design/components/box";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { passwordRules } from "@/session/passwordRules";
import { strings } from "@/strings";

const text = strings.signIn;

interface Props {
  readonly value: string;
  readonly onChange: (password: string) => void;
}

/** A new password, with the rules it must keep and which of them it keeps so far. */
export function NewPasswordField({ value, onChange }: Props): React.ReactNode {
  return (
    <FormField
      label={text.newPassword}
      constraintText={
        <span role="list" aria-label={text.rulesLabel} className="sign-in-rules">
          {passwordRules(value).map(({ name, isMet }) => (
            <Box key={name} variant="span" fontSize="body-s" margin={{ right: "s" }}>
              <span role="listitem">
                <StatusIndicator type={isMet ? "success" : "pending"}>{text.rules[name]}</StatusIndicator>
              </span>
            </Box>
          ))}
        </span>
      }
    >
      <Input
        value={value}
        onChange={({ detail }) => onChange(detail.value)}
        type="password"
        autoComplete="new-password"
        name="new-password"
      />
    </FormField>
  );
}
