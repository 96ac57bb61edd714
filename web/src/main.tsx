import "@/app/app.css";
import { createRoot } from "react-dom/client";
import { App } from "@/app/App";
import { followColourScheme } from "@/app/colourScheme";
import { reloadForNewFiles } from "@/app/newFiles";
import { Unavailable } from "@/app/Unavailable";
import { loadConfig } from "@/config";
import { configureAuthentication } from "@/session/authentication";

window.addEventListener("vite:preloadError", () => {
  void reloadForNewFiles(() => window.location.reload(), Date.now());
});

// A browser that goes back may show a page as it was left, by somebody who has signed out since.
window.addEventListener("pageshow", ({ persisted }) => {
  if (persisted) window.location.reload();
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
