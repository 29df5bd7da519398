/** What the steps of device registration work with. */

import type { Config } from "../config.js";
import type { AuthService } from "../gateways/auth_service.js";
import type { Mailroom } from "../gateways/mailroom.js";
import type { Tsg } from "../gateways/tsg.js";
import type { Notifications } from "../notifications.js";
import type { Registration, Store } from "../store.js";
import type { WorldClock } from "../time.js";

export interface DeviceServices {
  readonly config: Config;
  readonly store: Store;
  readonly clock: WorldClock;
  readonly authService: AuthService;
  readonly tsg: Tsg;
  readonly mailroom: Mailroom;
  readonly notifications: Notifications;
}

/** The statuses, spelt as the document does, with what the user may do in each. */
export const DEVICE_ACTIONS: Readonly<Record<string, readonly string[]>> = {
  Not_Found: ["sign-up", "check"],
  Sign_Up_In_Progress: ["sign-up", "check"],
  Sign_Up_Complete: ["register", "check"],
  Register_Complete: ["activate", "check"],
  Device_Activate: ["check"],
};

export const DEVICE_STATUSES = Object.keys(DEVICE_ACTIONS);

/** What a device registration remembers beside its status. */
export interface DeviceFacts {
  subjectId?: string;
  /** TSG may have been asked to register the subject: the next try asks first whether it has. */
  registrationAsked?: boolean;
  retryAt?: string;
  retries?: number;
  /** Auth Service may have been asked for the association of this id: found there, it is ours, and is told of. */
  associationAsked?: string;
}

export function factsOf(registration: Registration): DeviceFacts {
  return registration.data as DeviceFacts;
}
