import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useMutation } from "@tanstack/react-query";
import { useAuthenticator } from "@/account/AuthenticatorContext";
import { CodeForm } from "@/session/CodeForm";
import { explain } from "@/session/explain";
import { Notice } from "@/shared/Notice";
import { strings } from "@/strings";
import "@/account/account.css";

const text = strings.account;

interface Props {
  readonly isOn: boolean;
  readonly onChanged: () => void;
}

/** Asks for a code of an authenticator app at each sign-in, or no longer. */
export function SecondStep({ isOn, onChanged }: Props): React.ReactNode {
  const { begin, confirm, drop } = useAuthenticator();
  const setUp = useMutation({ mutationFn: begin });
  const switchOff = useMutation({ mutationFn: drop, onSuccess: onChanged });
  const problem = setUp.error ?? switchOff.error;
  const finish = async (code: string): Promise<void> => {
    await confirm(code);
    setUp.reset();
    onChanged();
  };
  return (
    <SpaceBetween size="m">
      {problem && <Notice type="error">{explain(problem)}</Notice>}
      <StatusIndicator type={isOn ? "success" : "stopped"}>{isOn ? text.on : text.off}</StatusIndicator>
      {isOn && (
        <Button loading={switchOff.isPending} onClick={() => switchOff.mutate()}>
          {text.switchOff}
        </Button>
      )}
      {!isOn && !setUp.data && (
        <Button loading={setUp.isPending} onClick={() => setUp.mutate()}>
          {text.setUp}
        </Button>
      )}
      {!isOn && setUp.data && (
        <div className="second-step">
          <CodeForm secret={setUp.data} label={text.switchOn} onCode={finish} />
        </div>
      )}
    </SpaceBetween>
  );
}
