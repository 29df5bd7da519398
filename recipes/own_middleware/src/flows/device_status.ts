/** Step 0: determine the device's status, on Auth Service and on TSG. */

import { bug } from "../bugs.js";
import { orUnavailable, Problem, UpstreamUnavailable } from "../problems.js";
import type { DeviceServices } from "./device_services.js";

export interface DeviceStatus {
  readonly onAuthService: boolean;
  readonly onTsg: boolean;
}

/** Look a user's phone up. Throws a problem where it is another's, and where a system is out: neither is Not_Found. */
export async function lookUpDevice(
  { authService, tsg }: DeviceServices,
  username: string,
  emCertID: string,
): Promise<DeviceStatus> {
  const onAuthService = await orUnavailable("DR-0.5", async () => {
    const found = await unlessOut("auth-outage-read-as-not-found", () => authService.hasDevice(username, emCertID));
    if (!found && !bug("another-users-device-opened")) {
      const owner = await unlessOut("auth-outage-read-as-not-found", () => authService.ownerOf(emCertID));
      if (owner && owner !== username) throw deviceOfAnotherUser("DR-0.7");
    }
    return found;
  });
  if (onAuthService) return { onAuthService, onTsg: true };
  const onTsg = await orUnavailable("DR-0.6", () =>
    unlessOut("outage-read-as-not-found", () => tsg.isRegistered(emCertID)),
  );
  return { onAuthService: false, onTsg: onTsg && !bug("known-phone-signs-up-again") };
}

export function deviceOfAnotherUser(branch: string): Problem {
  return new Problem(409, "device-of-another-user", "This device cannot be added to your profile.", { branch });
}

async function unlessOut<T>(
  name: "outage-read-as-not-found" | "auth-outage-read-as-not-found",
  ask: () => Promise<T>,
): Promise<T | false> {
  try {
    return await ask();
  } catch (error) {
    if (bug(name) && error instanceof UpstreamUnavailable) return false;
    throw error;
  }
}
