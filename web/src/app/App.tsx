import { QueryClientProvider } from "@tanstack/react-query";
import { lazy, Suspense, useEffect, useMemo, useState } from "react";
import { ApiContext } from "@/api/ApiContext";
import { createApi } from "@/api/client";
import { createQueryClient } from "@/api/queryClient";
import { Waiting } from "@/app/Waiting";
import type { Config } from "@/config";
import { currentSession, isSignedIn, leave, type Session } from "@/session/authentication";
import { NoSession } from "@/session/NoSession";
import { SessionContext } from "@/session/SessionContext";

const SignIn = lazy(() => import("@/session/SignIn"));
const Portal = lazy(() => import("@/app/Portal"));

/** Who is here decides what shows: nobody yet the sign-in, who has no role a word, anybody else the portal. */
export function App({ config }: { readonly config: Config }): React.ReactNode {
  const [session, setSession] = useState<Session | "no-keys" | null | undefined>(undefined);
  const queries = useMemo(() => createQueryClient(), []);
  const api = useMemo(() => createApi(config), [config]);
  const look = (): void => {
    currentSession().then(setSession, async () => setSession((await isSignedIn()) ? "no-keys" : null));
  };
  useEffect(look, []);
  const signOut = (): void => {
    void leave().finally(() => {
      queries.clear();
      setSession(null);
    });
  };
  if (session === undefined) return <Waiting />;
  if (session === "no-keys") return <NoSession onRetry={look} onSignOut={signOut} />;
  return (
    <Suspense fallback={<Waiting />}>
      {session === null ? (
        <SignIn onDone={look} />
      ) : (
        <QueryClientProvider client={queries}>
          <ApiContext value={api}>
            <SessionContext value={{ ...session, signOut }}>
              <Portal version={config.version} />
            </SessionContext>
          </ApiContext>
        </QueryClientProvider>
      )}
    </Suspense>
  );
}
