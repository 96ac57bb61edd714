/** A name for a batch, after the moment it is begun at: `portal-20260131-142503`. */
export function batchName(now: Date): string {
  const [date = "", time = ""] = now.toISOString().split("T");
  return `portal-${date.replaceAll("-", "")}-${time.slice(0, 8).replaceAll(":", "")}`;
}
