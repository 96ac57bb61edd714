import { QueryClient } from "@tanstack/react-query";
import { ApiError } from "@/api/errors";

const MOST_RETRIES = 2;

/**
 * Asks again only where that may help: never after a refusal. Also without a network it asks, and fails: to wait for
 * one would leave people with what was, and no word of it.
 */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      mutations: { networkMode: "always" },
      queries: {
        networkMode: "always",
        refetchOnReconnect: true,
        staleTime: 2_000,
        retry: (failures, error) =>
          failures < MOST_RETRIES &&
          (error instanceof ApiError ? error.isTransient : error instanceof TypeError),
      },
    },
  });
}
