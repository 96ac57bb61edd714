import { strings } from "@/strings";

const REASONS: Readonly<Record<string, string>> = strings.signIn.errors;

/** Why signing in failed, in words; what Cognito says itself where it is nothing we expect. */
export function explain(problem: unknown): string {
  if (!(problem instanceof Error)) return strings.signIn.errors.Unknown;
  return REASONS[problem.name] ?? (problem.message || strings.signIn.errors.Unknown);
}
