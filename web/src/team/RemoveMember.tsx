import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useRemoveMember } from "@/api/team";
import type { Member, Role } from "@/api/types";
import { Failure } from "@/shared/Failure";
import { strings } from "@/strings";

const text = strings.team;

export interface Removal {
  readonly member: Member;
  readonly role: Role;
}

/** Takes a role away, once that is confirmed. */
export function RemoveMember({
  removal,
  onClose,
}: {
  readonly removal: Removal;
  readonly onClose: () => void;
}): React.ReactNode {
  const { member, role } = removal;
  const remove = useRemoveMember();
  return (
    <Modal
      visible
      onDismiss={onClose}
      closeAriaLabel={strings.common.close}
      header={text.removeTitle(member.email)}
      footer={
        <Box float="right">
          <SpaceBetween size="xs" direction="horizontal">
            <Button variant="link" onClick={onClose}>
              {strings.common.cancel}
            </Button>
            <Button
              variant="primary"
              loading={remove.isPending}
              onClick={() => remove.mutate({ id: member.id, role }, { onSuccess: onClose })}
            >
              {strings.common.remove}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="s">
        {remove.error && <Failure problem={remove.error} />}
        <div>{text.removeWhat(strings.roles[role])}</div>
      </SpaceBetween>
    </Modal>
  );
}
