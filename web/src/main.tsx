import "@/app/app.css";
import { createRoot } from "react-dom/client";
import { App } from "@/app/App";
import { followColourScheme } from "@/app/colourScheme";
import { Unavailable } from "@/app/Unavailable";
import { loadConfig } from "@/config";
import { configureAuthentication } from "@/session/authentication";

// A page that was open while the portal was deployed anew asks for files that are gone.
window.addEventListener("vite:preloadError", () => window.location.reload());

followColourScheme();
const root = createRoot(document.getElementById("root") ?? document.body);
try {
  const config = await loadConfig();
  configureAuthentication(config);
  root.render(<App config={config} />);
} catch (problem) {
  root.render(<Unavailable problem={problem} />);
}
