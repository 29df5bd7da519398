/** Step 3: register the phone on TSG, once, by the subject that its sign-up brought. */

import { randomUUID } from "node:crypto";

import { bug } from "../bugs.js";
import { Problem, UpstreamUnavailable } from "../problems.js";
import type { Registration } from "../store.js";
import { addSeconds, parseInstant } from "../time.js";
import { type DeviceServices, factsOf } from "./device_services.js";
import { recordStep } from "./registration.js";

const FIRST_RETRY_SECONDS = 30;
const LONGEST_RETRY_SECONDS = 900;

export function isRegistrationDue({ clock }: DeviceServices, registration: Registration): boolean {
  const retryAt = parseInstant(factsOf(registration).retryAt);
  return registration.status === "Sign_Up_Complete" && (!retryAt || retryAt <= clock.now(registration.world));
}

/** Register the subject. Throws a problem where TSG refuses, or is out: then the next try is due later by itself. */
export async function registerOnTsg(services: DeviceServices, registration: Registration): Promise<void> {
  const { store, tsg } = services;
  if (bug("status-skipped")) return recordRegistered(services, registration, "DR-3.1");
  const facts = factsOf(registration);
  const subjectId = facts.subjectId ?? registration.emCertID;
  try {
    const mayBeDone = facts.registrationAsked && !bug("lost-answer-registers-twice-notifies-twice");
    if (mayBeDone && (await tsg.isRegistered(subjectId))) return recordRegistered(services, registration, "DR-3.4");
    facts.registrationAsked = true;
    store.saveRegistration(registration);
    const outcome = await tsg.register(subjectId);
    if (outcome === "registered" || (outcome === "revoked" && bug("revoked-registered-again"))) {
      recordRegistered(services, registration, "DR-3.1");
    } else {
      refuseForGood(services, registration, outcome);
    }
  } catch (error) {
    if (!(error instanceof UpstreamUnavailable)) throw error;
    if (error.mayBeDone && bug("lost-answer-registers-twice-notifies-twice")) {
      services.notifications.add(registration, "device-registered", randomUUID());
    }
    scheduleRetry(services, registration);
    throw error.toProblem("DR-3.3");
  }
}

/** Keep that TSG has the phone registered, and tell the user. */
export function recordRegistered(services: DeviceServices, registration: Registration, branch: string): void {
  const { store, clock, notifications } = services;
  const event = store.latestSignUp(registration)?.reference ?? "";
  const subjectId = factsOf(registration).subjectId ?? registration.emCertID;
  registration.data = { subjectId };
  store.atomically(() => {
    recordStep(store, clock, registration, {
      action: "register",
      status: "Register_Complete",
      branch,
      message: "The device is registered. Activate it to begin using it.",
      details: { emCertID: registration.emCertID },
      facts: { subject_id: subjectId },
    });
    if (!bug("notification-forgotten")) notifications.add(registration, "device-registered", event);
  });
}

function refuseForGood(services: DeviceServices, registration: Registration, outcome: "revoked" | "not-found"): never {
  const revoked = outcome === "revoked";
  const message = revoked
    ? "The device has been revoked. It needs a new sign-up."
    : "TSG no longer knows the device. It needs a new sign-up.";
  registration.data = {};
  recordStep(services.store, services.clock, registration, {
    action: "register", status: "Not_Found", branch: "DR-3.5", message, facts: { outcome },
  });
  throw new Problem(409, revoked ? "device-revoked" : "device-not-registered", message, { branch: "DR-3.5" });
}

function scheduleRetry({ store, clock }: DeviceServices, registration: Registration): void {
  const facts = factsOf(registration);
  const retries = facts.retries ?? 0;
  const seconds = Math.min(FIRST_RETRY_SECONDS * 2 ** retries, LONGEST_RETRY_SECONDS);
  facts.retries = retries + 1;
  facts.retryAt = addSeconds(clock.now(registration.world), seconds).toISOString();
  recordStep(store, clock, registration, {
    action: "register",
    status: "Sign_Up_Complete",
    branch: "DR-3.3",
    message: "TSG cannot register the device just now. It is tried again.",
    facts: { retry_at: facts.retryAt },
  });
}
