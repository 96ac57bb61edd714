import Box from "@cloudscape-design/components/box";
import { useState } from "react";
import { answerSignIn, type SignInStep } from "@/session/authentication";
import { AuthForm } from "@/session/AuthForm";
import { NewPasswordField } from "@/session/NewPasswordField";
import { isGoodPassword } from "@/session/passwordRules";
import { strings } from "@/strings";

interface Props {
  readonly user: string;
  readonly onStep: (step: SignInStep) => void;
}

/** Asked of who was invited: the password of the invitation is good for one sign-in. */
export function NewPasswordForm({ user, onStep }: Props): React.ReactNode {
  const [password, setPassword] = useState("");
  return (
    <AuthForm
      action={async () => onStep(await answerSignIn(password, user))}
      label={strings.signIn.setPassword}
      ready={isGoodPassword(password)}
    >
      <Box>{strings.signIn.whyNewPassword}</Box>
      {/* Password managers keep the password under this name. */}
      <input type="text" name="username" autoComplete="username" value={user} readOnly hidden />
      <NewPasswordField value={password} onChange={setPassword} />
    </AuthForm>
  );
}
