import { useRemoveMember } from "@/api/team";
import type { Member, Role } from "@/api/types";
import { Dialog } from "@/shared/Dialog";
import { strings } from "@/strings";

const text = strings.team;

export interface Removal {
  readonly member: Member;
  readonly role: Role;
}

interface Props {
  readonly removal: Removal;
  readonly onClose: () => void;
}

/** Takes a role away, once that is confirmed. */
export function RemoveMember({ removal: { member, role }, onClose }: Props): React.ReactNode {
  const remove = useRemoveMember();
  return (
    <Dialog
      title={text.removeTitle(member.email)}
      submit={strings.common.remove}
      isBusy={remove.isPending}
      problem={remove.error}
      onSubmit={() => remove.mutate({ id: member.id, role }, { onSuccess: onClose })}
      onClose={onClose}
    >
      {text.removeWhat(strings.roles[role])}
    </Dialog>
  );
}
