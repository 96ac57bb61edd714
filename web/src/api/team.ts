import {
  useMutation,
  useQuery,
  useQueryClient,
  type UseMutationResult,
  type UseQueryResult,
} from "@tanstack/react-query";
import { useApi } from "@/api/ApiContext";
import { answered } from "@/api/client";
import type { Member, Role } from "@/api/types";

export interface Team {
  readonly members: Member[];
  readonly labeling_url: string;
  readonly labelers_managed_here: boolean;
}

export function useTeam(): UseQueryResult<Team> {
  const api = useApi();
  return useQuery({ queryKey: ["team"], queryFn: () => answered(api.GET("/team/members")) });
}

interface Invitation {
  readonly email: string;
  readonly role: Role;
}

export function useAddMember(): UseMutationResult<Member, Error, Invitation> {
  const api = useApi();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Invitation) => answered(api.POST("/team/members", { body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["team"] }),
  });
}

interface Removal {
  readonly id: string;
  readonly role: Role;
}

export function useRemoveMember(): UseMutationResult<unknown, Error, Removal> {
  const api = useApi();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id, role }: Removal) =>
      answered(api.DELETE("/team/members/{member}", { params: { path: { member: id }, query: { role } } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["team"] }),
  });
}
