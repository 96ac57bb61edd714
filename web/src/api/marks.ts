import {
  useMutation,
  useQuery,
  useQueryClient,
  type UseMutationResult,
  type UseQueryResult,
} from "@tanstack/react-query";
import { useApi } from "@/api/ApiContext";
import { answered } from "@/api/client";
import type { Mark, NewMark } from "@/api/types";

/** What people say an analysis has wrong, the oldest mark first. */
export function useMarks(job: string): UseQueryResult<Mark[]> {
  const api = useApi();
  return useQuery({
    queryKey: ["marks", job],
    queryFn: async () => (await answered(api.GET("/jobs/{job}/marks", { params: { path: { job } } }))).marks,
  });
}

/** The marks of a project that are offered as its next training batch: the same as long as a page shows them. */
export function useOpenMarks(project: string): UseQueryResult<Mark[]> {
  const api = useApi();
  return useQuery({
    queryKey: ["open-marks", project],
    queryFn: async () =>
      (await answered(api.GET("/projects/{project}/marks", { params: { path: { project } } }))).marks,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
}

export function useAddMark(job: string): UseMutationResult<Mark, Error, NewMark> {
  const api = useApi();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: NewMark) =>
      answered(api.POST("/jobs/{job}/marks", { params: { path: { job } }, body })),
    // Where the marks are not known, the one that was made is not all there are.
    onSuccess: (mark) =>
      queries.getQueryData(["marks", job])
        ? queries.setQueryData<Mark[]>(["marks", job], (marks) => [...without(marks, mark.id), mark])
        : queries.invalidateQueries({ queryKey: ["marks", job] }),
  });
}

export function useRemoveMark(job: string): UseMutationResult<unknown, Error, string> {
  const api = useApi();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (mark: string) =>
      answered(api.DELETE("/jobs/{job}/marks/{mark}", { params: { path: { job, mark } } })),
    onSuccess: (_nothing, mark) =>
      queries.setQueryData<Mark[]>(["marks", job], (marks) => marks && without(marks, mark)),
  });
}

function without(marks: readonly Mark[] = [], mark: string): Mark[] {
  return marks.filter(({ id }) => id !== mark);
}
