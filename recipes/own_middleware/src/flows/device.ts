/** Device registration: which step may be taken when, and what becomes due by itself. */

import { bug } from "../bugs.js";
import type { JsonObject } from "../gateways/http.js";
import { actionNotAllowed, invalid, notYours, Problem, UpstreamUnavailable } from "../problems.js";
import type { Registration } from "../store.js";
import { currentWorld } from "../world.js";
import { activate } from "./activation.js";
import { DEVICE_ACTIONS, type DeviceServices, factsOf } from "./device_services.js";
import { type DeviceStatus, lookUpDevice } from "./device_status.js";
import { newRegistration, recordStep } from "./registration.js";
import { SignUps } from "./sign_up.js";
import { isRegistrationDue, recordRegistered, registerOnTsg } from "./tsg_registration.js";

const EM_CERT_ID = /^[0-9a-f]{64}$/;
const NOT_FOUND = "Device not found on our records";

export class DeviceFlow {
  readonly signUps: SignUps;

  constructor(private readonly services: DeviceServices) {
    this.signUps = new SignUps(services);
  }

  allowedActions(registration: Registration): readonly string[] {
    return DEVICE_ACTIONS[registration.status] ?? [];
  }

  /** Step 0, for a logged-in user. What cannot be determined leaves no registration behind. */
  async begin(body: JsonObject, username: string): Promise<Registration> {
    const { emCertID } = body;
    if (typeof emCertID !== "string" || !EM_CERT_ID.test(emCertID)) {
      throw invalid("emCertID", "emCertID has to be the 64 hexadecimal digits of the device's certificate.");
    }
    if (body["username"] !== undefined && body["username"] !== username) throw notYours();
    const found = await lookUpDevice(this.services, username, emCertID);
    const world = currentWorld();
    const owner = { flow: "device", username, emCertID } as const;
    const registration = newRegistration(world, this.services.clock.now(world), owner);
    this.#recordLookUp(registration, found);
    await this.services.notifications.sendDue(registration);
    return registration;
  }

  /** Perform an action of the user's; the caller holds the phone's lock. */
  async act(registration: Registration, action: string, body: JsonObject): Promise<Registration> {
    if (!Object.values(DEVICE_ACTIONS).flat().includes(action)) {
      throw new Problem(404, "unknown-action", `The device flow has no action ${action}.`);
    }
    await this.settle(registration, { registering: action !== "register" });
    const allowed = this.allowedActions(registration);
    const early = action === "register" && registration.status === "Sign_Up_In_Progress";
    if (!allowed.includes(action) && !(early && bug("registers-before-sign-up"))) {
      // The retry that falls due by itself may have come first; that is what was asked for, and no refusal.
      if (action === "register" && registration.status === "Register_Complete") return registration;
      const branch = action === "register" ? "DR-3.2" : undefined;
      throw actionNotAllowed(action, registration.status, allowed, branch);
    }
    try {
      await this.#perform(registration, action, body);
    } catch (error) {
      throw error instanceof UpstreamUnavailable ? error.toProblem() : error;
    } finally {
      await this.services.notifications.sendDue(registration);
    }
    return registration;
  }

  /** Do what has become due: a sign-up lapses, a registration is retried, messages are sent. Outages wait. */
  async settle(registration: Registration, { registering } = { registering: true }): Promise<void> {
    const { config, notifications } = this.services;
    await ignoringOutages(() => this.signUps.finishVoiding(registration));
    if (registration.status === "Sign_Up_In_Progress") {
      if (config.signUp.completion !== "push") await ignoringOutages(() => this.signUps.poll(registration));
      if (registration.status === "Sign_Up_In_Progress") this.signUps.lapseIfDue(registration);
    }
    if (registering && isRegistrationDue(this.services, registration)) {
      await ignoringOutages(() => registerOnTsg(this.services, registration));
    }
    await notifications.sendDue(registration);
  }

  async #perform(registration: Registration, action: string, body: JsonObject): Promise<void> {
    switch (action) {
      case "sign-up":
        return this.signUps.start(registration, body);
      case "register":
        return registerOnTsg(this.services, registration);
      case "activate":
        return activate(this.services, registration);
      default:
        return this.#check(registration);
    }
  }

  async #check(registration: Registration): Promise<void> {
    const { username, emCertID, status } = registration;
    const found = await lookUpDevice(this.services, username, emCertID);
    if (status === "Sign_Up_Complete" && found.onTsg && !found.onAuthService) {
      return recordRegistered(this.services, registration, "DR-3.4");
    }
    return this.#recordLookUp(registration, found);
  }

  #recordLookUp(registration: Registration, { onAuthService, onTsg }: DeviceStatus): void {
    const { store, clock, notifications } = this.services;
    const before = registration.status;
    const underWay = before === "Sign_Up_In_Progress" || before === "Sign_Up_Complete";
    const facts = { username: registration.username, auth_service: onAuthService, tsg: onTsg };
    const step = onAuthService
      ? { status: "Device_Activate", branch: "DR-0.2", message: "The device is active." }
      : onTsg
        ? { status: "Register_Complete", branch: "DR-0.3", message: "The device is registered. Activate it." }
        : { status: underWay ? before : "Not_Found", branch: "DR-0.1", message: NOT_FOUND };
    const remembered = factsOf(registration);
    // Found there after we had asked for it: our answer was lost, and the user has still to be told.
    const ours = onAuthService ? remembered.associationAsked : undefined;
    if (ours !== undefined) delete remembered.associationAsked;
    store.atomically(() => {
      recordStep(store, clock, registration, { action: "check", facts, ...step });
      if (ours !== undefined) notifications.add(registration, "device-activated", ours);
      // Once each time that a device turns out to be unknown, not each time that somebody looks.
      if (step.status === "Not_Found" && before !== "Not_Found" && !bug("not-found-not-notified")) {
        notifications.add(registration, "device-not-found", registration.updatedAt);
      }
    });
  }
}

/** Run `work`; what stops it is told in the history, and is tried again when it is next due. */
async function ignoringOutages(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof Problem || error instanceof UpstreamUnavailable)) throw error;
  }
}
