/** Lets the page that shows be asked before it is left for another one of the portal. */
type Ask = (leave: () => void) => void;

let guarded: { readonly ask: Ask; readonly page: URL } | null = null;

/** Leaves the page at once, or when the page that wants to be asked says so. */
export function leaving(leave: () => void): void {
  if (guarded) guarded.ask(leave);
  else leave();
}

/** Has `ask` asked from now on, also where the browser goes back; returns what ends that. */
export function askBeforeLeaving(ask: Ask): () => void {
  guarded = { ask, page: new URL(window.location.href) };
  return () => {
    guarded = null;
  };
}

// Added before anything is shown: a window calls its listeners in the order in which they were added, and the
// router's would change the page. The browser has gone back by now, which is undone until it may.
window.addEventListener("popstate", (event) => {
  if (!guarded || guarded.page.pathname === window.location.pathname) return;
  event.stopImmediatePropagation();
  window.history.pushState(null, "", guarded.page);
  guarded.ask(() => {
    guarded = null;
    window.history.back();
  });
});
