import { createContext, useContext } from "react";
import { type Authenticator, cognitoAuthenticator } from "@/account/authenticator";

/** Cognito's, unless a page is shown without it. */
export const AuthenticatorContext = createContext<Authenticator>(cognitoAuthenticator);

export function useAuthenticator(): Authenticator {
  return useContext(AuthenticatorContext);
}
