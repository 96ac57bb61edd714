import type { UseQueryResult } from "@tanstack/react-query";
import type { Result } from "@/api/results";
import type { JobDetails, Mark } from "@/api/types";

export interface ResultProps {
  readonly details: JobDetails;
  readonly result: Result;
  /** None where they are not known. */
  readonly marks: readonly Mark[];
  /** URLs of proof pictures, by the `file` that the appearances name. */
  readonly proofs: UseQueryResult<ReadonlyMap<string, string>>;
}
