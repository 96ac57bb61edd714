/** The periods that a reader may choose, in days; 0 is all time. */
export const PERIODS = [7, 30, 90, 365, 0] as const;

/** The moment (ISO 8601) that a period ending now began at: the start of a day. Null for all time. */
export function sinceOf(days: number, now: Date): string | null {
  if (days === 0) return null;
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() - days + 1).toISOString();
}
