import {
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
  type UseInfiniteQueryResult,
  type UseMutationResult,
  type UseQueryResult,
} from "@tanstack/react-query";
import { useApi } from "@/api/ApiContext";
import { answered } from "@/api/client";
import type { JobDetails, JobItem, JobState } from "@/api/types";

const LIVE_MS = 2_000;
const IDLE_MS = 15_000;

export interface JobFilter {
  readonly project?: string;
  readonly kind?: JobItem["kind"];
  readonly state?: JobState[];
  /** From when on (ISO 8601). */
  readonly since?: string;
}

export function isLive({ state }: JobItem): boolean {
  return state === "RECEIVED" || state === "RUNNING";
}

/** The jobs by pages, the newest first; asked for often while one of them runs. */
export function useJobs(filter: JobFilter): UseInfiniteQueryResult<JobItem[]> {
  const api = useApi();
  return useInfiniteQuery({
    queryKey: ["jobs", filter],
    queryFn: ({ pageParam }) =>
      answered(
        api.GET("/jobs", { params: { query: { ...filter, ...(pageParam ? { after: pageParam } : {}) } } }),
      ),
    initialPageParam: "",
    getNextPageParam: (page) => page.next,
    select: ({ pages }) => pages.flatMap(({ jobs }) => jobs),
    refetchInterval: ({ state }) =>
      state.data?.pages.some(({ jobs }) => jobs.some(isLive)) ? LIVE_MS : IDLE_MS,
  });
}

export function useJob(id: string): UseQueryResult<JobDetails> {
  const api = useApi();
  return useQuery({
    queryKey: ["job", id],
    queryFn: () => answered(api.GET("/jobs/{job}", { params: { path: { job: id } } })),
    refetchInterval: ({ state: { data } }) => {
      if (!data || !isLive(data.job)) return false;
      // People take longer than machines, and how far they are is asked of the labeling service.
      return data.labeling ? IDLE_MS : LIVE_MS;
    },
  });
}

export function useCancelJob(): UseMutationResult<unknown, Error, string> {
  const api = useApi();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => answered(api.DELETE("/jobs/{job}", { params: { path: { job: id } } })),
    onSettled: async (_data, _error, id) => {
      await Promise.all([
        queries.invalidateQueries({ queryKey: ["jobs"] }),
        queries.invalidateQueries({ queryKey: ["job", id] }),
      ]);
    },
  });
}
