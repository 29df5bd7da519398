/** Web registration: Cymmetri decides; the middleware holds the staged token, and has each step taken in its turn. */

import type { Cymmetri, CymmetriReply } from "../gateways/cymmetri.js";
import type { JsonObject } from "../gateways/http.js";
import { actionNotAllowed, invalid, Problem, RETRY_AFTER_SECONDS } from "../problems.js";
import type { Registration, Store } from "../store.js";
import type { WorldClock } from "../time.js";
import { currentWorld } from "../world.js";
import { newRegistration, recordStep } from "./registration.js";

interface WebAction {
  readonly method: "GET" | "POST";
  readonly operation: string;
  readonly fields: readonly string[];
  readonly optional?: readonly string[];
  readonly after?: string;
  readonly message: string;
}

const ACTIONS: Readonly<Record<string, WebAction>> = {
  "verify-email-otp": {
    method: "POST", operation: "VerifyEmailOtp", fields: ["otp"],
    after: "Mobile_Otp_Sent", message: "The email is verified. Enter the code that was sent to your mobile.",
  },
  "resend-email-otp": {
    method: "POST", operation: "resendOtpEmail", fields: [],
    message: "Another code was mailed to you.",
  },
  "verify-mobile-otp": {
    method: "POST", operation: "VerifyMobileOtp", fields: ["otp"],
    after: "Mobile_Verified", message: "The mobile is verified.",
  },
  "resend-mobile-otp": {
    method: "POST", operation: "resendOtpMobile", fields: [],
    message: "Another code was sent to your mobile.",
  },
  "list-factors": {
    method: "GET", operation: "mfa/list", fields: [],
    message: "Choose how to prove who you are.",
  },
  authenticate: {
    method: "POST", operation: "authenticateUser", fields: ["mfaType", "cardLast4", "expiry"], optional: ["pin", "cvv"],
    after: "Authenticated", message: "The card is verified.",
  },
  "existing-user-id": {
    method: "GET", operation: "existingUserId", fields: [],
    message: "This is the user id that the bank holds, if any.",
  },
  "save-user-id": {
    method: "POST", operation: "saveuserid", fields: ["userId"],
    after: "User_Id_Saved", message: "The user id is held for you.",
  },
  "validate-password": {
    method: "POST", operation: "validatePassword", fields: ["password"],
    after: "Password_Validated", message: "The password follows the rules.",
  },
  "set-password": {
    method: "POST", operation: "setIbPassword", fields: ["password", "confirmPassword"],
    after: "Registered", message: "You are registered. Log in.",
  },
};

const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  Email_Otp_Sent: ["verify-email-otp", "resend-email-otp"],
  Mobile_Otp_Sent: ["verify-mobile-otp", "resend-mobile-otp"],
  Mobile_Verified: ["list-factors", "authenticate"],
  Authenticated: ["existing-user-id", "save-user-id"],
  User_Id_Saved: ["existing-user-id", "save-user-id", "validate-password"],
  Password_Validated: ["save-user-id", "validate-password", "set-password"],
  Registered: [],
  Login_Required: [],
  Blocked: [],
};

export const WEB_STATUSES = Object.keys(ALLOWED);

const IDENTITY_FIELDS = ["deviceId", "type", "id", "cardNumber"];

const NO_FACTOR = "You have no card to prove your identity with. Visit a branch of the bank.";

/** What Cymmetri's answers carry for the next call only, or for nobody but the middleware. */
const NOT_SHOWN = new Set(["token", "nextStep", "flow"]);

type Refusal = Extract<CymmetriReply, { success: false }>;

export class WebFlow {
  constructor(
    private readonly store: Store,
    private readonly clock: WorldClock,
    private readonly cymmetri: Cymmetri,
  ) {}

  allowedActions(registration: Registration): readonly string[] {
    return ALLOWED[registration.status] ?? [];
  }

  /** Step 1: ask Cymmetri who this is. A refusal leaves no registration behind. */
  async begin(body: JsonObject): Promise<Registration> {
    const reply = await this.cymmetri.call("POST", "checkIdentity", null, pick(body, IDENTITY_FIELDS));
    const registration = newRegistration(currentWorld(), this.clock.now(currentWorld()), { flow: "web" });
    // An OTP that could not be mailed is no refusal: the registration is under way, and a resend works later (WR-1.8).
    if (!reply.success && !(reply.reason === "OTP_NOT_SENT" && reply.data["token"])) throw problemOf(reply);
    keepToken(registration, reply.data);
    const loginRequired = reply.success && reply.data["flow"] === "LOGIN";
    recordStep(this.store, this.clock, registration, {
      action: "check-identity",
      status: loginRequired ? "Login_Required" : "Email_Otp_Sent",
      branch: null,
      message: reply.success ? (loginRequired ? "Log in." : "Enter the code that was mailed to you.") : reply.message,
      details: { ...shown(reply.data), ...(!reply.success && { reason: "otp-not-sent" }) },
    });
    return registration;
  }

  async act(registration: Registration, name: string, body: JsonObject): Promise<Registration> {
    const action = ACTIONS[name];
    if (!action) throw new Problem(404, "unknown-action", `The web flow has no action ${name}.`);
    const allowed = this.allowedActions(registration);
    if (!allowed.includes(name)) throw actionNotAllowed(name, registration.status, allowed);
    for (const field of action.fields) {
      if (typeof body[field] !== "string") throw invalid(field, `${field} is missing.`);
    }
    const fields = pick(body, [...action.fields, ...(action.optional ?? [])]);
    const token = tokenOf(registration);
    const reply = await this.cymmetri.call(
      action.method, action.operation, token, action.method === "POST" ? fields : undefined,
    );
    keepToken(registration, reply.data);
    if (!reply.success) {
      this.#recordRefusal(registration, name, action, reply);
      throw problemOf(reply);
    }
    recordStep(this.store, this.clock, registration, {
      action: name,
      status: action.after ?? registration.status,
      branch: null,
      message: isEmpty(reply.data["factors"]) ? NO_FACTOR : action.message,
      details: shown(reply.data),
    });
    return registration;
  }

  #recordRefusal(registration: Registration, name: string, action: WebAction, refusal: Refusal): void {
    let status = registration.status;
    if (refusal.reason === "USER_BLOCKED") status = "Blocked";
    // The code was right, only the next one was not sent: the step is taken (WR-2.1), and a resend works later.
    if (refusal.reason === "OTP_NOT_SENT" && refusal.data["token"]) status = action.after ?? status;
    // Somebody else took the user id in the meantime: back to choosing one (WR-11.5).
    if (refusal.reason === "USER_ID_ALREADY_EXISTS" && name === "set-password") status = "Authenticated";
    recordStep(this.store, this.clock, registration, {
      action: name,
      status,
      branch: null,
      message: refusal.message,
      details: { ...shown(refusal.data), ...refusal.errorMeta },
      facts: { upstream_code: refusal.errorCode },
    });
  }
}

function problemOf(refusal: Refusal): Problem {
  const code = refusal.reason.toLowerCase().replaceAll("_", "-");
  const { field, retryAfterSeconds: wait } = refusal.errorMeta;
  const retryAfter =
    refusal.retryAfterSeconds ??
    (typeof wait === "number" ? wait : refusal.status === 503 ? RETRY_AFTER_SECONDS : undefined);
  return new Problem(refusal.status, code, refusal.message, {
    upstreamCode: refusal.errorCode,
    details: { ...shown(refusal.data), ...refusal.errorMeta },
    ...(typeof field === "string" && { field }),
    ...(retryAfter !== undefined && { retryAfterSeconds: retryAfter }),
  });
}

function tokenOf(registration: Registration): string | null {
  const { token } = registration.data;
  return typeof token === "string" ? token : null;
}

/** Keep the staged token for the next call; each replaces the one before. */
function keepToken(registration: Registration, data: JsonObject): void {
  if (typeof data["token"] === "string") registration.data["token"] = data["token"];
}

function isEmpty(list: unknown): boolean {
  return Array.isArray(list) && list.length === 0;
}

function shown(data: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(data).filter(([name]) => !NOT_SHOWN.has(name)));
}

function pick(body: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(names.filter((name) => body[name] !== undefined).map((name) => [name, body[name]]));
}
