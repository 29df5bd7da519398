/**
 * Planted bugs, to try the gate with. `PLANTED_BUG=<name>` switches one on; a sound middleware has none of this.
 *
 * Each is one condition in the code, `if (bug("<name>"))`, and says what it breaks and which branch has to shut.
 */

import { ConfigError } from "./config.js";

const BUGS = {
  "signature-not-checked": ["DR-2.9", "takes a push that nobody, or anybody, has signed"],
  "stale-push-taken": ["DR-2.9", "takes a push whose timestamp is out of tolerance, so that one can be replayed"],
  "empty-reference-taken": ["DR-2.6", "takes a push without external_reference for the phone's open sign-up"],
  "blank-reference-taken": ["DR-2.6", "takes a push whose external_reference is blank for the phone's open sign-up"],
  "unknown-reference-taken": ["DR-2.7", "takes a push with an unknown external_reference for the phone's open sign-up"],
  "foreign-reference-taken": ["DR-2.7", "completes another user's sign-up where the push carries that one's reference"],
  "other-phone-taken": ["DR-2.16", "completes the sign-up by whichever phone used its code"],
  "incomplete-push-taken": ["DR-2.8", "takes a push that lacks subject_id or credential"],
  "push-twice-notifies-twice": ["DR-2.10", "notifies again at each repetition of a push"],
  "outage-read-as-not-found": ["DR-0.6", "takes an outage of TSG for a phone that TSG does not know"],
  "auth-outage-read-as-not-found": ["DR-0.5", "takes an outage of Auth Service for a phone that it does not know"],
  "not-found-not-notified": ["DR-0.1", "does not notify the user that the phone was not found"],
  "known-phone-signs-up-again": ["DR-0.3", "sends a phone that TSG knows through a second sign-up"],
  "anyone-may-look": ["DR-0.4", "shows a device registration to any user who is logged in"],
  "another-users-device-opened": ["DR-0.7", "does not look whether the phone is another customer's"],
  "session-end-loses-registration": ["DR-0.8", "forgets a registration when its user's session ends"],
  "contact-not-checked": ["DR-1.4", "sends the sign-up code to whichever contact the caller gives"],
  "in-progress-without-code": ["DR-1.5", "says Sign_Up_In_Progress although TSG gave no code"],
  "old-code-not-voided": ["DR-1.6", "leaves the first sign-up code good when a second is issued"],
  "code-kept-when-undelivered": ["DR-1.7", "leaves a sign-up code good that could not be delivered"],
  "limit-ignored": ["DR-1.9", "asks TSG for a sign-up code for a user who has as many devices as the bank allows"],
  "lapse-forgotten": ["DR-2.12", "leaves a sign-up in progress for ever when its code has expired"],
  "registers-before-sign-up": ["DR-3.2", "asks TSG to register a phone whose sign-up is not complete"],
  "status-skipped": ["DR-3.3", "says Register_Complete before TSG has registered the phone"],
  "lost-answer-registers-twice-notifies-twice": [
    "DR-3.4",
    "takes a lost answer for a success, and registers and notifies again at the next try",
  ],
  "revoked-registered-again": ["DR-3.5", "takes TSG's refusal of a revoked phone for a registration"],
  "notification-forgotten": ["DR-3.1", "does not notify the user that the phone is registered"],
  "second-association-notifies": ["DR-4.2", "associates and notifies again where Auth Service knows the phone already"],
  "unregistered-activated": ["DR-4.3", "activates a phone that TSG no longer has registered"],
  "tsg-outage-at-activate-activates": ["DR-4.3", "takes an outage of TSG at activation for a yes"],
  "another-users-device-taken": ["DR-4.4", "takes Auth Service's refusal of another's phone for an association"],
  "failed-association-activates": ["DR-4.5", "says Device_Activate although Auth Service failed to add the phone"],
  "limit-at-activate-ignored": ["DR-4.6", "says Device_Activate although Auth Service refused one device more"],
} as const satisfies Record<string, readonly [branch: string, breaks: string]>;

export type BugName = keyof typeof BUGS;

let planted: BugName | undefined;

/** Switch a bug on by its name; an unknown name throws, so that a misspelt one does not pass for a sound middleware. */
export function plantBug(name: string | undefined): void {
  if (!name) return;
  if (!Object.hasOwn(BUGS, name)) throw new ConfigError(`PLANTED_BUG=${name}: there is no such bug; see --bugs`);
  planted = name as BugName;
}

export function bug(name: BugName): boolean {
  return planted === name;
}

export function listBugs(): { name: string; breaks: string; branch: string }[] {
  return Object.entries(BUGS).map(([name, [branch, breaks]]) => ({ name, breaks, branch }));
}
