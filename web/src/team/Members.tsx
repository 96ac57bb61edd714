import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import Table from "@cloudscape-design/components/table";
import { useState } from "react";
import type { Team } from "@/api/team";
import type { Member, Role } from "@/api/types";
import { useSession } from "@/session/SessionContext";
import { Empty } from "@/shared/Empty";
import { strings } from "@/strings";
import { AddMember } from "@/team/AddMember";
import { type Removal, RemoveMember } from "@/team/RemoveMember";
import "@/team/team.css";

const text = strings.team;

/** Everybody with their roles; editors add and remove people. */
export function Members({ team }: { readonly team: Team }): React.ReactNode {
  const { isEditor } = useSession();
  const [removal, setRemoval] = useState<Removal | null>(null);
  const isOurs = (role: Role): boolean => role !== "labeler" || team.labelers_managed_here;
  const roleOf = (member: Member, role: Role): React.ReactNode => (
    <span key={role} className="role">
      {strings.roles[role]}
      {isEditor && isOurs(role) && (
        <Button
          iconName="close"
          variant="inline-icon"
          ariaLabel={text.removeLabel(member.email, strings.roles[role])}
          onClick={() => setRemoval({ member, role })}
        />
      )}
    </span>
  );
  return (
    <>
      <Table
        items={team.members}
        trackBy="id"
        wrapLines
        ariaLabels={{ tableLabel: text.title }}
        header={
          <Header
            variant="h2"
            counter={`(${team.members.length})`}
            description={team.labelers_managed_here ? "" : text.labelersElsewhere}
            actions={isEditor && <AddMember withLabelers={team.labelers_managed_here} />}
          >
            {text.title}
          </Header>
        }
        empty={<Empty title={text.nobody} />}
        columnDefinitions={[
          { id: "email", header: text.email, isRowHeader: true, cell: ({ email }) => email },
          {
            id: "roles",
            header: text.roles,
            cell: (member) => (
              <span className="roles">{member.roles.map((role) => roleOf(member, role))}</span>
            ),
          },
          {
            id: "status",
            header: text.status,
            minWidth: 110,
            cell: ({ invited }) => (
              <StatusIndicator type={invited ? "pending" : "success"}>
                {invited ? text.invited : text.here}
              </StatusIndicator>
            ),
          },
        ]}
      />
      {removal && <RemoveMember removal={removal} onClose={() => setRemoval(null)} />}
    </>
  );
}
