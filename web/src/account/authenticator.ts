/** The second step of signing in, by an authenticator app, of who is signed in. */
import { fetchMFAPreference, setUpTOTP, updateMFAPreference, verifyTOTPSetup } from "aws-amplify/auth";

export interface Authenticator {
  readonly isOn: () => Promise<boolean>;
  /** Returns the key to enter in the app; nothing changes until a code of the app's is confirmed. */
  readonly begin: () => Promise<string>;
  readonly confirm: (code: string) => Promise<void>;
  readonly drop: () => Promise<void>;
}

export const cognitoAuthenticator: Authenticator = {
  isOn: async () => (await fetchMFAPreference()).enabled?.includes("TOTP") ?? false,
  begin: async () => (await setUpTOTP()).sharedSecret,
  confirm: async (code) => {
    await verifyTOTPSetup({ code });
    await updateMFAPreference({ totp: "PREFERRED" });
  },
  drop: () => updateMFAPreference({ totp: "DISABLED" }),
};
