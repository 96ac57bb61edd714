/**
 * A page that was open while the portal was deployed anew asks for files that are gone, and finds the new ones
 * once it is loaded anew. Where that does not help, the page that misses them tells so.
 */
const RELOADED_AT = "brandlens-reloaded-at";
const AGAIN_AFTER_MS = 60_000;

/** Reloads the page unless that was just done, or the portal cannot be reached: then the page would be lost. */
export async function reloadForNewFiles(reload: () => void, now: number): Promise<void> {
  if (now - Number(sessionStorage.getItem(RELOADED_AT)) < AGAIN_AFTER_MS) return;
  const isReached = await fetch("/config.json", { cache: "no-store" }).then(
    ({ ok }) => ok,
    () => false,
  );
  if (!isReached) return;
  sessionStorage.setItem(RELOADED_AT, String(now));
  reload();
}
