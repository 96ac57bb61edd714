import {
  useMutation,
  useQuery,
  useQueryClient,
  type UseMutationResult,
  type UseQueryResult,
} from "@tanstack/react-query";
import { useApi } from "@/api/ApiContext";
import { answered } from "@/api/client";
import type { JobExposures, ModelItem, NewProject, ProjectItem } from "@/api/types";

export function useProjects(): UseQueryResult<ProjectItem[]> {
  const api = useApi();
  return useQuery({
    queryKey: ["projects"],
    queryFn: async () => (await answered(api.GET("/projects"))).projects,
  });
}

export function useProject(project: string): UseQueryResult<ProjectItem> {
  const api = useApi();
  return useQuery({
    queryKey: ["projects", project],
    queryFn: () => answered(api.GET("/projects/{project}", { params: { path: { project } } })),
  });
}

export function useCreateProject(): UseMutationResult<ProjectItem, Error, NewProject> {
  const api = useApi();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: NewProject) => answered(api.POST("/projects", { body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["projects"] }),
  });
}

export function useModels(project: string): UseQueryResult<ModelItem[]> {
  const api = useApi();
  return useQuery({
    queryKey: ["models", project],
    queryFn: async () =>
      (await answered(api.GET("/projects/{project}/models", { params: { path: { project } } }))).models,
    refetchInterval: 15_000,
  });
}

export function useActivateModel(): UseMutationResult<ProjectItem, Error, string> {
  const api = useApi();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (model: string) =>
      answered(api.POST("/models/{model}/activate", { params: { path: { model } } })),
    onSuccess: async ({ name }) => {
      await Promise.all([
        queries.invalidateQueries({ queryKey: ["projects"] }),
        queries.invalidateQueries({ queryKey: ["models", name] }),
      ]);
    },
  });
}

const EXPOSURES_AT_ONCE = 50;
const MOST_PAGES = 20;

export interface FoundExposures {
  readonly jobs: readonly JobExposures[];
  /** Whether those are all there are; else the newest. */
  readonly isWhole: boolean;
}

/** What a project's analyses found since a moment (ISO 8601, or null for all), the newest first. */
export function useExposures(project: string, since: string | null): UseQueryResult<FoundExposures> {
  const api = useApi();
  return useQuery({
    queryKey: ["exposures", project, since],
    enabled: project !== "",
    queryFn: async (): Promise<FoundExposures> => {
      const found: JobExposures[] = [];
      let after: string | null = null;
      for (let page = 0; page < MOST_PAGES; page++) {
        const query = { limit: EXPOSURES_AT_ONCE, ...(since ? { since } : {}), ...(after ? { after } : {}) };
        const answer: { jobs: JobExposures[]; next: string | null } = await answered(
          api.GET("/projects/{project}/exposures", { params: { path: { project }, query } }),
        );
        found.push(...answer.jobs);
        after = answer.next;
        if (after === null) break;
      }
      return { jobs: found, isWhole: after === null };
    },
  });
}
