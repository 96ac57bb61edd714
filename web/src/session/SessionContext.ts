import { createContext, useContext } from "react";
import type { Session } from "@/session/authentication";

export interface SignedIn extends Session {
  readonly signOut: () => void;
}

export const SessionContext = createContext<SignedIn | null>(null);

/** Who is signed in; only for what shows to those who are. */
export function useSession(): SignedIn {
  const session = useContext(SessionContext);
  if (session === null) throw new Error("useSession outside of a session");
  return session;
}
