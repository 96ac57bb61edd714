import type { Problem } from "@/api/types";

/** A refusal of the API, in its own words. `status` is HTTP's. */
export class ApiError extends Error {
  override readonly name = "ApiError";

  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly requestId: string,
  ) {
    super(message);
  }

  get isForbidden(): boolean {
    return this.status === 403;
  }

  get isMissing(): boolean {
    return this.status === 404;
  }

  /** Whether the same request may succeed in a moment. */
  get isTransient(): boolean {
    return this.status === 429 || this.status >= 500;
  }
}

/** Whether the API has answered that it does not do what it was asked: asked again it would answer the same. */
export function isRefusal(problem: unknown): boolean {
  return problem instanceof ApiError && !problem.isTransient;
}

/** The error that an answer tells; one that did not come from the API itself has API Gateway's `message`. */
export function apiError(status: number, body: Partial<Problem> | undefined): ApiError {
  return new ApiError(status, body?.code ?? String(status), body?.message ?? "", body?.request_id ?? "");
}
