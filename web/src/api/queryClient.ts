import { QueryClient } from "@tanstack/react-query";
import { ApiError } from "@/api/errors";

const MOST_RETRIES = 2;

/** Asks again only where that may help: never after a refusal. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 2_000,
        retry: (failures, error) =>
          failures < MOST_RETRIES &&
          (error instanceof ApiError ? error.isTransient : error instanceof TypeError),
      },
    },
  });
}
