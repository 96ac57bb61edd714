import type { Team } from "@/api/team";
import type { Member } from "@/api/types";

const member = (email: string, roles: Member["roles"], invited = false): Member => ({
  id: email.replace("@", "-"),
  email,
  roles,
  invited,
  created_at: "2026-02-01T08:00:00Z",
});

export const team: Team = {
  members: [
    member("jonas@example.com", ["viewer", "labeler"]),
    member("mara@example.com", ["editor"]),
    member("priya.venkataraman@example.com", ["labeler"], true),
  ],
  labeling_url: "https://labeling.invalid",
  labelers_managed_here: true,
};

/** Leaves nobody who could label. */
export function dismissLabelers(): void {
  for (const person of team.members) person.roles = person.roles.filter((role) => role !== "labeler");
}
