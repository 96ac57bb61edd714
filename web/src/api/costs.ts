import {
  useMutation,
  useQuery,
  useQueryClient,
  type UseMutationResult,
  type UseQueryResult,
} from "@tanstack/react-query";
import { useApi } from "@/api/ApiContext";
import { answered } from "@/api/client";
import type { ModelRun, MonthSpending, QuoteAnswer, QuotedMedia, RunningModel } from "@/api/types";

/** What the jobs of this calendar month (UTC) have cost. */
export function useSpending(): UseQueryResult<MonthSpending> {
  const api = useApi();
  return useQuery({
    queryKey: ["spending"],
    queryFn: () => answered(api.GET("/spending")),
    refetchInterval: 30_000,
  });
}

export function useRunningModels(): UseQueryResult<{ models: RunningModel[]; usd_per_hour: number }> {
  const api = useApi();
  return useQuery({
    queryKey: ["running-models"],
    queryFn: () => answered(api.GET("/models")),
    refetchInterval: 5_000,
  });
}

/** Stops a model unless jobs need it, and then says how many do. */
export function useStopModel(): UseMutationResult<ModelRun, Error, string> {
  const api = useApi();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (model: string) =>
      answered(api.POST("/models/{model}/stop", { params: { path: { model } } })),
    onSettled: () => queries.invalidateQueries({ queryKey: ["running-models"] }),
  });
}

interface QuoteRequest {
  readonly project: string;
  readonly files: QuotedMedia[];
}

/** What analyzing files will cost at most. */
export function useQuote(request: QuoteRequest | null): UseQueryResult<QuoteAnswer> {
  const api = useApi();
  return useQuery({
    queryKey: ["quote", request],
    enabled: request !== null && request.files.length > 0,
    queryFn: () => answered(api.POST("/quotes", { body: request ?? { project: "", files: [] } })),
  });
}
