/** Steps 1 and 2: a sign-up code is asked of TSG and brought to the user, and the phone completes the sign-up. */

import { randomUUID } from "node:crypto";

import { bug } from "../bugs.js";
import type { JsonObject } from "../gateways/http.js";
import { invalid, Problem, UpstreamUnavailable } from "../problems.js";
import type { Registration, SignUp } from "../store.js";
import { parseInstant } from "../time.js";
import type { DeviceServices } from "./device_services.js";
import { recordStep } from "./registration.js";

const CHANNELS = {
  email: { branch: "DR-1.1", message: "A sign-up code was sent by email." },
  sms: { branch: "DR-1.2", message: "A sign-up code was sent by text message." },
  qr: { branch: "DR-1.3", message: "Scan the QR code with the bank's app." },
} as const;

type Channel = keyof typeof CHANNELS;

export interface CompletedSignUp {
  readonly subjectId: string;
  /** When the phone used the code, as TSG says. */
  readonly at: Date | null;
}

export class SignUps {
  constructor(private readonly services: DeviceServices) {}

  /** Step 1. Refuses before TSG is asked, and leaves no code good that the user does not have. */
  async start(registration: Registration, body: JsonObject): Promise<void> {
    const { via, contact } = readRequest(body);
    await this.#checkContact(registration, via, contact);
    await this.#checkDeviceLimit(registration);
    await this.#voidOpenSignUps(registration);
    const signUp = await this.#issueCode(registration, via);
    await this.#deliver(registration, signUp, via, contact);
    recordStep(this.services.store, this.services.clock, registration, {
      action: "sign-up",
      status: "Sign_Up_In_Progress",
      branch: CHANNELS[via].branch,
      message: CHANNELS[via].message,
      details: { via, expires_at: signUp.expiresAt },
      facts: { via, expires_at: signUp.expiresAt },
    });
  }

  /** Step 2. Take in that a phone has used the code; again is the same. Throws a problem where it does not belong. */
  complete(registration: Registration, signUp: SignUp, { subjectId, at }: CompletedSignUp): void {
    const { store, clock } = this.services;
    if (signUp.emCertID !== subjectId) this.#refuseOtherPhone(registration, signUp, subjectId);
    if (signUp.state === "completed") {
      if (bug("push-twice-notifies-twice")) {
        this.services.notifications.add(registration, "device-registered", randomUUID());
      }
      return;
    }
    if (signUp.state === "issued" && registration.status === "Register_Complete") {
      signUp.state = "completed"; // TSG had the phone registered before its push came
      return store.saveSignUp(signUp);
    }
    if (!this.#isOpen(registration, signUp, at)) throw notThisSignUp("DR-2.7");
    signUp.state = "completed";
    signUp.subjectId = subjectId;
    registration.data = { subjectId };
    store.atomically(() => {
      store.saveSignUp(signUp);
      recordStep(store, clock, registration, {
        action: "complete-sign-up",
        status: "Sign_Up_Complete",
        branch: signUp.via === "qr" ? "DR-2.2" : "DR-2.1",
        message: "The sign-up is complete.",
        facts: { external_reference: signUp.reference, subject_id: subjectId },
      });
    });
  }

  /** Put a sign-up back to Not_Found whose code has expired unused. */
  lapseIfDue(registration: Registration): void {
    const { store, clock } = this.services;
    const signUp = store.latestSignUp(registration);
    const expiry = parseInstant(signUp?.expiresAt);
    if (!signUp || !expiry || expiry > clock.now(registration.world) || bug("lapse-forgotten")) return;
    this.#close(registration, signUp, "lapsed", "DR-2.12", "The sign-up code has expired. Begin again.");
  }

  /** Ask TSG whether the code was used, where the bank learns of it so and not by a push. */
  async poll(registration: Registration): Promise<void> {
    const signUp = this.services.store.latestSignUp(registration);
    if (signUp?.state !== "issued") return;
    const polled = await this.services.tsg.pollSignUp(signUp.reference);
    if (polled.status === "CLAIMED" && typeof polled.subjectId === "string" && polled.credential) {
      this.complete(registration, signUp, { subjectId: polled.subjectId, at: null });
    }
  }

  /** Tell TSG of codes that are no longer good, where it could not be told before. */
  async finishVoiding(registration: Registration): Promise<void> {
    for (const signUp of this.services.store.signUpsToVoid(registration)) await this.#void(signUp);
  }

  async #checkContact(registration: Registration, via: Channel, contact: string): Promise<void> {
    if (via === "qr" || bug("contact-not-checked")) return;
    const asked = via === "email" ? { email: contact } : { mobile: contact };
    if (await this.services.authService.isRegisteredContact(registration.username, asked)) return;
    const message = `This ${via === "email" ? "email" : "number"} is not the one that is registered with the bank.`;
    this.#recordRefusal(registration, "DR-1.4", message, { via });
    throw new Problem(422, "contact-not-registered", message, { branch: "DR-1.4" });
  }

  async #checkDeviceLimit(registration: Registration): Promise<void> {
    if (bug("limit-ignored")) return;
    const devices = await this.services.authService.devicesOf(registration.username);
    if (devices.length < this.services.config.maxDevices) return;
    this.#recordRefusal(registration, "DR-1.9", "The limit of devices is reached.", { devices: devices.length });
    throw deviceLimitReached("DR-1.9", devices);
  }

  /** Void what codes the user has for this phone, also of another registration of it: until then there is no other. */
  async #voidOpenSignUps(registration: Registration): Promise<void> {
    const { store, tsg } = this.services;
    if (bug("old-code-not-voided")) return;
    const open = store.openSignUpsOfPhone(registration.world, registration.emCertID);
    for (const signUp of [...store.signUpsToVoid(registration), ...open]) {
      if (signUp.username !== registration.username) continue;
      const own = signUp.registrationId === registration.id;
      const owner = own ? registration : store.registration(signUp.world, signUp.registrationId);
      try {
        await tsg.voidSignUpCode(signUp.code ?? "");
      } catch (error) {
        if (!(error instanceof UpstreamUnavailable)) throw error;
        if (owner) this.#close(owner, signUp, "voiding", "DR-1.5", "An earlier code cannot be voided now.");
        throw error.toProblem("DR-1.5");
      }
      if (owner) this.#close(owner, signUp, "void", "DR-1.6", "A sign-up was begun again.");
    }
  }

  async #issueCode(registration: Registration, via: Channel): Promise<SignUp> {
    const { store, clock, tsg } = this.services;
    const { world, id, username, emCertID } = registration;
    const signUp: SignUp = {
      world, reference: randomUUID(), registrationId: id, username, emCertID, via,
      code: null, qrPayload: null, expiresAt: null, state: "asked", subjectId: null,
    };
    store.saveSignUp(signUp);
    try {
      const issued = await tsg.issueSignUpCode(signUp.reference, clock.now(world));
      signUp.code = issued.code;
      signUp.qrPayload = issued.qrPayload;
      signUp.expiresAt = issued.expiresAt.toISOString();
      signUp.state = "issued";
      store.saveSignUp(signUp);
      return signUp;
    } catch (error) {
      if (!(error instanceof UpstreamUnavailable)) throw error;
      const status = bug("in-progress-without-code") ? "Sign_Up_In_Progress" : registration.status;
      const message = "No sign-up code could be had. Try again later.";
      recordStep(store, clock, registration, { action: "sign-up", status, branch: "DR-1.5", message });
      throw error.toProblem("DR-1.5");
    }
  }

  async #deliver(registration: Registration, signUp: SignUp, via: Channel, contact: string): Promise<void> {
    if (via === "qr") return;
    const minutes = Math.round(this.services.config.signUp.lifetimeSeconds / 60);
    try {
      await this.services.mailroom.sendSignUpCode(via, contact, signUp.code ?? "", minutes);
    } catch (error) {
      if (!(error instanceof UpstreamUnavailable)) throw error;
      if (!bug("code-kept-when-undelivered")) {
        signUp.state = "voiding";
        this.services.store.saveSignUp(signUp);
        await this.#void(signUp);
      }
      this.#recordRefusal(registration, "DR-1.7", "The code could not be sent. Try again later.", { via });
      throw error.toProblem("DR-1.7");
    }
  }

  async #void(signUp: SignUp): Promise<void> {
    try {
      await this.services.tsg.voidSignUpCode(signUp.code ?? "");
    } catch (error) {
      if (error instanceof UpstreamUnavailable) return; // still `voiding`: told later
      throw error;
    }
    signUp.state = "void";
    this.services.store.saveSignUp(signUp);
  }

  #close(registration: Registration, signUp: SignUp, state: SignUp["state"], branch: string, message: string): void {
    const { store, clock } = this.services;
    signUp.state = state;
    store.atomically(() => {
      store.saveSignUp(signUp);
      if (registration.status !== "Sign_Up_In_Progress") return;
      const action = state === "lapsed" ? "lapse" : "sign-up";
      recordStep(store, clock, registration, { action, status: "Not_Found", branch, message });
    });
  }

  /** Whether a sign-up can still be completed: also one that lapsed here while TSG's word of it was on its way. */
  #isOpen(registration: Registration, signUp: SignUp, at: Date | null): boolean {
    if (registration.status !== "Sign_Up_In_Progress" && registration.status !== "Not_Found") return false;
    if (signUp.state === "issued") return true;
    const expiry = parseInstant(signUp.expiresAt);
    const latest = this.services.store.latestSignUp(registration)?.reference === signUp.reference;
    return signUp.state === "lapsed" && latest && at !== null && expiry !== null && at <= expiry;
  }

  #refuseOtherPhone(registration: Registration, signUp: SignUp, subjectId: string): void {
    const { store, clock } = this.services;
    const ofAnotherSignUp = store.openSignUpsOfPhone(signUp.world, subjectId).length > 0;
    if (bug(ofAnotherSignUp ? "foreign-reference-taken" : "other-phone-taken")) return;
    const branch = ofAnotherSignUp ? "DR-2.7" : "DR-2.16";
    store.appendHistory(registration, {
      at: clock.now(registration.world).toISOString(),
      action: "complete-sign-up",
      before: registration.status,
      after: registration.status,
      branch,
      message: "A push was rejected: its phone is not the one that the sign-up code was asked for.",
      facts: { external_reference: signUp.reference, subject_id: subjectId, asked_for: signUp.emCertID },
    });
    throw notThisSignUp(branch);
  }

  #recordRefusal(registration: Registration, branch: string, message: string, facts: JsonObject): void {
    const { store, clock } = this.services;
    recordStep(store, clock, registration, {
      action: "sign-up", status: registration.status, branch, message, facts,
    });
  }
}

export function deviceLimitReached(branch: string, devices: JsonObject[]): Problem {
  return new Problem(409, "device-limit-reached", "You have as many devices as the bank allows. Remove one first.", {
    branch,
    details: { devices },
  });
}

function notThisSignUp(branch: string): Problem {
  const detail = "The external_reference is not that of this phone's sign-up.";
  return new Problem(409, "external-reference-of-another-sign-up", detail, { branch });
}

function readRequest(body: JsonObject): { via: Channel; contact: string } {
  const { via, contact } = body;
  if (via !== "email" && via !== "sms" && via !== "qr") throw invalid("via", "via has to be email, sms or qr.");
  if (via === "qr") return { via, contact: "" };
  if (typeof contact !== "string" || !contact.trim()) throw invalid("contact", "contact is missing.");
  return { via, contact: via === "sms" ? contact.replace(/[\s()-]/g, "") : contact.trim() };
}
