import "@/app/app.css";
import { createRoot } from "react-dom/client";
import { App } from "@/app/App";
import { followColourScheme } from "@/app/colourScheme";
import { Unavailable } from "@/app/Unavailable";
import { loadConfig } from "@/config";
import { configureAuthentication } from "@/session/authentication";

const RELOADED_AT = "brandlens-reloaded-at";
const AGAIN_AFTER_MS = 60_000;

// A page that was open while the portal was deployed anew asks for files that are gone. Where loading it anew
// does not help, the page that misses them tells so.
window.addEventListener("vite:preloadError", () => {
  if (Date.now() - Number(sessionStorage.getItem(RELOADED_AT)) < AGAIN_AFTER_MS) return;
  sessionStorage.setItem(RELOADED_AT, String(Date.now()));
  window.location.reload();
});

followColourScheme();
const root = createRoot(document.getElementById("root") ?? document.body);
try {
  const config = await loadConfig();
  configureAuthentication(config);
  root.render(<App config={config} />);
} catch (problem) {
  root.render(<Unavailable problem={problem} />);
}
