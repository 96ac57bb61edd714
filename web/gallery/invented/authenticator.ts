import type { Authenticator } from "@/account/authenticator";
import type { ApiState } from "../answers";

/** An authenticator app that takes any code. */
export function authenticator(state: ApiState): Authenticator {
  let isOn = false;
  return {
    isOn: () =>
      state === "failing" ? Promise.reject(new TypeError("Failed to fetch")) : Promise.resolve(isOn),
    begin: () => Promise.resolve("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"),
    confirm: () => {
      isOn = true;
      return Promise.resolve();
    },
    drop: () => {
      isOn = false;
      return Promise.resolve();
    },
  };
}
