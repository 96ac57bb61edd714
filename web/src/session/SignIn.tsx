import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { answerSignIn, type SignInStep } from "@/session/authentication";
import { CodeForm } from "@/session/CodeForm";
import { NewPasswordForm } from "@/session/NewPasswordForm";
import { PasswordForm } from "@/session/PasswordForm";
import { ResetForm } from "@/session/ResetForm";
import { Notice } from "@/shared/Notice";
import { usePageTitle } from "@/shared/usePageTitle";
import { strings } from "@/strings";
import "@/session/signIn.css";

const text = strings.signIn;

/** The page before the portal: the forms that signing in takes, one at a time. */
export default function SignIn({ onDone }: { readonly onDone: () => void }): React.ReactNode {
  const [step, setStep] = useState<SignInStep>({ kind: "password" });
  const [user, setUser] = useState("");
  const [notice, setNotice] = useState("");
  usePageTitle(text.titles[step.kind]);
  const advance = (next: SignInStep): void => {
    setNotice("");
    if (next.kind === "done") onDone();
    else setStep(next);
  };
  const answer = async (code: string): Promise<void> => advance(await answerSignIn(code, user));
  const form = (): React.ReactNode => {
    switch (step.kind) {
      case "password":
        return <PasswordForm user={user} onUser={setUser} onStep={advance} />;
      case "new-password":
        return <NewPasswordForm user={user} onStep={advance} />;
      case "code":
        return <CodeForm label={text.submit} onCode={answer} />;
      case "authenticator":
        return <CodeForm secret={step.secret} label={text.submit} onCode={answer} />;
      case "reset":
        return (
          <ResetForm
            user={step.user}
            onReset={() => {
              setStep({ kind: "password" });
              setNotice(text.passwordChanged);
            }}
            onBack={() => setStep({ kind: "password" })}
          />
        );
      case "done":
        return null;
    }
  };
  return (
    <main className="sign-in">
      <SpaceBetween size="l">
        <div className="sign-in-brand">
          <img src="/icon.svg" alt="" width={36} height={36} />
          <Box variant="h1">{strings.product}</Box>
          <Box color="text-body-secondary">{text.claim}</Box>
        </div>
        {notice && <Notice type="success">{notice}</Notice>}
        <Container header={<Header variant="h2">{text.titles[step.kind]}</Header>}>{form()}</Container>
      </SpaceBetween>
    </main>
  );
}
