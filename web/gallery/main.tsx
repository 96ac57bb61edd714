/**
 * `?state=` is how the API answers: `filled`, `empty`, `loading`, `failing` or `forbidden`; `?role=` is who
 * looks; `?labelers=none` has nobody who labels; `?minutes=` is how long the video is; `network.ts` has more.
 */
import "@/app/app.css";
import { QueryClientProvider } from "@tanstack/react-query";
import createClient from "openapi-fetch";
import { createRoot } from "react-dom/client";
import type { paths } from "@/api/api.gen";
import { ApiContext } from "@/api/ApiContext";
import { createQueryClient } from "@/api/queryClient";
import { followColourScheme } from "@/app/colourScheme";
import Portal from "@/app/Portal";
import SignIn from "@/session/SignIn";
import { SessionContext } from "@/session/SessionContext";
import { AuthenticatorContext } from "@/account/AuthenticatorContext";
import { answer, type ApiState } from "./answers";
import { authenticator } from "./invented/authenticator";
import { inventVideo } from "./invented/results";
import { dismissLabelers } from "./invented/team";
import { carried } from "./network";

const query = new URLSearchParams(window.location.search);
const state = (query.get("state") ?? "filled") as ApiState;
const minutes = Number(query.get("minutes") ?? 1);
const api = createClient<paths>({
  baseUrl: "http://gallery.invalid",
  fetch: (request) => carried(request, (come) => answer(come, state, minutes)),
});
const queries = createQueryClient();
// Refusals here are meant: nobody waits for a second one.
queries.setDefaultOptions({ queries: { ...queries.getDefaultOptions().queries, retryDelay: 0 } });
const session = {
  user: "mara@example.com",
  isEditor: query.get("role") !== "viewer",
  signOut: () => undefined,
};

if (query.get("labelers") === "none") dismissLabelers();
followColourScheme();
const began = performance.now();
inventVideo(minutes);
performance.measure("invention", { start: began, end: performance.now() });
createRoot(document.getElementById("root") ?? document.body).render(
  window.location.pathname === "/sign-in" ? (
    <SignIn onDone={() => undefined} />
  ) : (
    <QueryClientProvider client={queries}>
      <ApiContext value={api}>
        <SessionContext value={session}>
          <AuthenticatorContext value={authenticator(state)}>
            <Portal version="1.2.3" />
          </AuthenticatorContext>
        </SessionContext>
      </ApiContext>
    </QueryClientProvider>
  ),
);
