import type { Result } from "@/api/results";
import type { JobDetails, Mark } from "@/api/types";

export interface ResultProps {
  readonly details: JobDetails;
  readonly result: Result;
  readonly marks: readonly Mark[];
  /** URLs of proof pictures, by the `file` that the appearances name. */
  readonly proofs: ReadonlyMap<string, string>;
}
