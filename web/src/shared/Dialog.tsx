import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { Failure } from "@/shared/Failure";
import { strings } from "@/strings";

interface Props {
  readonly title: string;
  /** What the button says that does it, and what the one that does not. */
  readonly submit: string;
  readonly cancel?: string;
  readonly canSubmit?: boolean;
  readonly isBusy: boolean;
  /** Why it failed, or null. */
  readonly problem: unknown;
  readonly onSubmit: () => void;
  readonly onClose: () => void;
  readonly children: React.ReactNode;
}

/** Asks for something, or whether something is really to be done. */
export function Dialog({
  title,
  submit,
  cancel = strings.common.cancel,
  canSubmit = true,
  isBusy,
  problem,
  onSubmit,
  onClose,
  children,
}: Props): React.ReactNode {
  return (
    <Modal
      visible
      onDismiss={onClose}
      closeAriaLabel={strings.common.close}
      header={title}
      footer={
        <Box float="right">
          <SpaceBetween size="xs" direction="horizontal">
            <Button variant="link" onClick={onClose}>
              {cancel}
            </Button>
            <Button variant="primary" loading={isBusy} disabled={!canSubmit} onClick={onSubmit}>
              {submit}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="m">
        {problem !== null && <Failure problem={problem} />}
        {children}
      </SpaceBetween>
    </Modal>
  );
}
