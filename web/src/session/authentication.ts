/** Signing in and out with the stack's user pool, a step at a time. */
import { Amplify } from "aws-amplify";
import {
  confirmResetPassword,
  confirmSignIn,
  fetchAuthSession,
  getCurrentUser,
  resetPassword,
  signIn,
  type SignInOutput,
  signOut,
} from "aws-amplify/auth";
import type { Config } from "@/config";

/** What the person has to do next. */
export type SignInStep =
  | { readonly kind: "password" }
  | { readonly kind: "new-password" }
  | { readonly kind: "code" }
  | { readonly kind: "authenticator"; readonly secret: string }
  | { readonly kind: "reset"; readonly user: string }
  | { readonly kind: "done" };

export interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

export interface Session {
  readonly user: string;
  /** Editors may change things; everybody else only looks. */
  readonly isEditor: boolean;
}

export function configureAuthentication(config: Config): void {
  const { cognito_idp, cognito_identity } = config.endpoints ?? {};
  Amplify.configure({
    Auth: {
      Cognito: {
        userPoolId: config.user_pool_id,
        userPoolClientId: config.user_pool_client_id,
        identityPoolId: config.identity_pool_id,
        ...(cognito_idp ? { userPoolEndpoint: cognito_idp } : {}),
        ...(cognito_identity ? { identityPoolEndpoint: cognito_identity } : {}),
      },
    },
  });
}

/** The session of who is signed in, or null. */
export async function currentSession(): Promise<Session | null> {
  const { tokens } = await fetchAuthSession();
  if (!tokens) return null;
  const groups = tokens.accessToken.payload["cognito:groups"];
  return {
    user: nameOf(tokens.idToken?.payload ?? tokens.accessToken.payload),
    isEditor: Array.isArray(groups) && groups.includes("editor"),
  };
}

/** Whether somebody has signed in, who may have no role or whose keys cannot be had now. */
export async function isSignedIn(): Promise<boolean> {
  return getCurrentUser().then(
    () => true,
    () => false,
  );
}

/** Temporary AWS keys of who is signed in, renewed before they expire. */
export async function currentKeys(): Promise<Keys> {
  const { credentials } = await fetchAuthSession();
  if (!credentials?.sessionToken) throw new SignedOut();
  const { accessKeyId, secretAccessKey, sessionToken } = credentials;
  return { accessKeyId, secretAccessKey, sessionToken };
}

/** Nobody is signed in any more. */
export class SignedOut extends Error {
  override readonly name = "SignedOut";
}

export async function beginSignIn(user: string, password: string): Promise<SignInStep> {
  return stepOf(await signIn({ username: user, password }), user);
}

/** Answers what was asked for: a new password or a code. */
export async function answerSignIn(answer: string, user: string): Promise<SignInStep> {
  return stepOf(await confirmSignIn({ challengeResponse: answer }), user);
}

export async function requestReset(user: string): Promise<void> {
  await resetPassword({ username: user });
}

export async function confirmReset(user: string, code: string, newPassword: string): Promise<void> {
  await confirmResetPassword({ username: user, confirmationCode: code, newPassword });
}

export async function leave(): Promise<void> {
  await signOut();
}

function stepOf({ nextStep }: SignInOutput, user: string): SignInStep {
  switch (nextStep.signInStep) {
    case "DONE":
      return { kind: "done" };
    case "CONFIRM_SIGN_IN_WITH_NEW_PASSWORD_REQUIRED":
      return { kind: "new-password" };
    case "CONFIRM_SIGN_IN_WITH_TOTP_CODE":
      return { kind: "code" };
    case "CONTINUE_SIGN_IN_WITH_TOTP_SETUP":
      return { kind: "authenticator", secret: nextStep.totpSetupDetails.sharedSecret };
    case "RESET_PASSWORD":
      return { kind: "reset", user };
    default:
      throw new Error(nextStep.signInStep);
  }
}

function nameOf(claims: Readonly<Record<string, unknown>>): string {
  const name = claims.email ?? claims["cognito:username"] ?? claims.username;
  return typeof name === "string" ? name : "";
}
