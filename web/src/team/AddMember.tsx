import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import RadioGroup from "@cloudscape-design/components/radio-group";
import Textarea from "@cloudscape-design/components/textarea";
import { useState } from "react";
import { useAddMember } from "@/api/team";
import type { Role } from "@/api/types";
import { Dialog } from "@/shared/Dialog";
import { strings } from "@/strings";
import { badEmails, splitEmails } from "@/team/emails";

const text = strings.team;
const ROLES: readonly Role[] = ["labeler", "viewer", "editor"];

/** Invites people, several at a time. */
export function AddMember({ withLabelers }: { readonly withLabelers: boolean }): React.ReactNode {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button iconName="add-plus" onClick={() => setOpen(true)}>
        {text.add}
      </Button>
      {isOpen && <AddDialog withLabelers={withLabelers} onClose={() => setOpen(false)} />}
    </>
  );
}

interface DialogProps {
  readonly withLabelers: boolean;
  readonly onClose: () => void;
}

function AddDialog({ withLabelers, onClose }: DialogProps): React.ReactNode {
  const roles = ROLES.filter((role) => withLabelers || role !== "labeler");
  const [typed, setTyped] = useState("");
  const [role, setRole] = useState<Role>(roles[0] ?? "viewer");
  const add = useAddMember();
  const emails = splitEmails(typed);
  const bad = badEmails(emails);
  const invite = async (): Promise<void> => {
    let left = emails;
    try {
      for (const email of emails) {
        await add.mutateAsync({ email, role });
        left = left.slice(1);
      }
      onClose();
    } catch {
      setTyped(left.join("\n"));
    }
  };
  return (
    <Dialog
      title={text.add}
      submit={text.invite(emails.length)}
      canSubmit={emails.length > 0 && bad.length === 0}
      isBusy={add.isPending}
      problem={add.error}
      onSubmit={() => void invite()}
      onClose={onClose}
    >
      <FormField
        label={text.emails}
        description={text.emailsHint}
        errorText={bad.length > 0 && text.badEmails(bad)}
      >
        <Textarea value={typed} onChange={({ detail }) => setTyped(detail.value)} rows={3} />
      </FormField>
      <FormField label={text.role}>
        <RadioGroup
          value={role}
          onChange={({ detail }) => setRole(roles.find((one) => one === detail.value) ?? role)}
          items={roles.map((value) => ({
            value,
            label: strings.roles[value],
            description: text.roleMeans[value],
          }))}
        />
      </FormField>
    </Dialog>
  );
}
