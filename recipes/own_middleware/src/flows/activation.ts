/** Step 4: associate the phone with its user on Auth Service, once, if TSG still has it registered. */

import { randomUUID } from "node:crypto";

import { bug } from "../bugs.js";
import { orUnavailable, Problem, UpstreamUnavailable } from "../problems.js";
import type { Registration } from "../store.js";
import { type DeviceServices, factsOf } from "./device_services.js";
import { deviceOfAnotherUser } from "./device_status.js";
import { recordStep } from "./registration.js";
import { deviceLimitReached } from "./sign_up.js";

export async function activate(services: DeviceServices, registration: Registration): Promise<void> {
  const { authService, store } = services;
  const { username, emCertID } = registration;
  const facts = factsOf(registration);
  if (await orUnavailable("DR-4.5", () => authService.hasDevice(username, emCertID))) {
    if (bug("second-association-notifies")) await authService.associate(username, emCertID);
    // Found there after we had asked for it: our answer was lost, and the user has still to be told.
    const ours = facts.associationAsked !== undefined || bug("second-association-notifies");
    return recordActive(services, registration, ours ? "DR-4.1" : "DR-4.2", ours);
  }
  if (!(await isOnTsg(services, emCertID))) refuseUnregistered(services, registration);
  const askedBefore = facts.associationAsked !== undefined;
  facts.associationAsked ??= randomUUID();
  store.saveRegistration(registration);
  switch (await associate(services, registration)) {
    case "associated":
      return recordActive(services, registration, "DR-4.1", true);
    case "there-already": // added meanwhile: by us, where an answer was lost, or by somebody else
      return recordActive(services, registration, askedBefore ? "DR-4.1" : "DR-4.2", askedBefore);
    case "of-another-user": {
      const problem = deviceOfAnotherUser("DR-4.4");
      recordRefusal(services, registration, problem, { emCertID, username, of_another_user: true });
      throw problem;
    }
    case "limit-reached": {
      const devices = await orUnavailable("DR-4.6", () => authService.devicesOf(username));
      const problem = deviceLimitReached("DR-4.6", devices);
      recordRefusal(services, registration, problem, { devices: devices.length });
      throw problem;
    }
  }
}

async function associate({ authService, store, clock }: DeviceServices, registration: Registration) {
  try {
    const outcome = await authService.associate(registration.username, registration.emCertID);
    if (outcome === "of-another-user" && bug("another-users-device-taken")) return "associated";
    if (outcome === "limit-reached" && bug("limit-at-activate-ignored")) return "associated";
    return outcome;
  } catch (error) {
    if (!(error instanceof UpstreamUnavailable)) throw error;
    if (bug("failed-association-activates")) return "associated";
    const message = "Auth Service cannot add the device just now. Try again later.";
    recordStep(store, clock, registration, {
      action: "activate", status: registration.status, branch: "DR-4.5", message,
    });
    throw error.toProblem("DR-4.5");
  }
}

async function isOnTsg({ tsg }: DeviceServices, emCertID: string): Promise<boolean> {
  if (bug("unregistered-activated")) return true;
  try {
    return await tsg.isRegistered(emCertID);
  } catch (error) {
    if (!(error instanceof UpstreamUnavailable)) throw error;
    if (bug("tsg-outage-at-activate-activates")) return true;
    throw error.toProblem();
  }
}

function recordActive(services: DeviceServices, registration: Registration, branch: string, notify: boolean): void {
  const { store, clock, notifications } = services;
  const event = factsOf(registration).associationAsked ?? randomUUID();
  store.atomically(() => {
    registration.data = {};
    recordStep(store, clock, registration, {
      action: "activate",
      status: "Device_Activate",
      branch,
      message: notify ? "The device is active." : "The device was active already.",
      facts: { username: registration.username, emCertID: registration.emCertID },
    });
    if (notify) notifications.add(registration, "device-activated", event);
  });
}

function refuseUnregistered({ store, clock }: DeviceServices, registration: Registration): never {
  const message = "The device is no longer registered. Sign it up again.";
  registration.data = {};
  recordStep(store, clock, registration, { action: "activate", status: "Not_Found", branch: "DR-4.3", message });
  throw new Problem(409, "device-not-registered", message, { branch: "DR-4.3" });
}

function recordRefusal(
  { store, clock }: DeviceServices,
  registration: Registration,
  { extras, detail }: Problem,
  facts: Record<string, unknown>,
): void {
  delete factsOf(registration).associationAsked;
  recordStep(store, clock, registration, {
    action: "activate",
    status: registration.status,
    branch: extras.branch ?? null,
    message: detail,
    details: extras.details ?? {},
    facts,
  });
}
