/** TSG, the Entersekt Secure Gateway: sign-up codes, and what it knows of a phone. */

import type { Config } from "../config.js";
import { addSeconds, parseInstant } from "../time.js";
import type { HttpClient } from "./http.js";

export interface SignUpCode {
  readonly code: string;
  readonly qrPayload: string;
  readonly expiresAt: Date;
}

export type TsgRegistration = "registered" | "revoked" | "not-found";

export interface PolledSignUp {
  readonly status: "UNCLAIMED" | "CLAIMED" | "EXPIRED" | "VOID";
  readonly subjectId: unknown;
  readonly credential: unknown;
}

export class Tsg {
  constructor(
    private readonly http: HttpClient,
    private readonly config: Config,
  ) {}

  async isRegistered(subjectId: string): Promise<boolean> {
    const reply = await this.http.call("POST", "/tsg/subject_info", { body: this.#body({ subject_id: subjectId }) });
    const { subject_id: told, registered } = reply.body;
    if (reply.status === 200 && told === subjectId && registered === true) return true;
    if (reply.status === 404 && reply.body["error"] === "SUBJECT_NOT_FOUND") return false;
    throw this.http.unexpected(reply);
  }

  async issueSignUpCode(externalReference: string, now: Date): Promise<SignUpCode> {
    const { length, charset, lifetimeSeconds } = this.config.signUp;
    const reply = await this.http.call("POST", "/tsg/sign_up", {
      body: this.#body({
        external_reference: externalReference,
        complexity: { length, charset },
        expires_in: lifetimeSeconds,
      }),
    });
    const { sign_up_code: code, qr_payload: qrPayload, expires_at: expiresAt } = reply.body;
    if (reply.status !== 201 || typeof code !== "string" || !code || typeof qrPayload !== "string") {
      throw this.http.unexpected(reply);
    }
    const expiry = parseInstant(typeof expiresAt === "string" ? expiresAt : null);
    return { code, qrPayload, expiresAt: expiry ?? addSeconds(now, lifetimeSeconds) };
  }

  /** Void a sign-up code; one that TSG does not know (any more) needs no voiding. */
  async voidSignUpCode(code: string): Promise<void> {
    const reply = await this.http.call("DELETE", `/tsg/sign_up/${encodeURIComponent(code)}`);
    if (reply.status === 204 || (reply.status === 404 && reply.body["error"] === "SIGN_UP_CODE_NOT_FOUND")) return;
    throw this.http.unexpected(reply);
  }

  async register(subjectId: string): Promise<TsgRegistration> {
    const reply = await this.http.call("POST", "/tsg/register", { body: this.#body({ subject_id: subjectId }) });
    if (reply.status === 200 && reply.body["subject_id"] === subjectId) return "registered";
    if (reply.status === 409 && reply.body["error"] === "SUBJECT_REVOKED") return "revoked";
    if (reply.status === 404 && reply.body["error"] === "SUBJECT_NOT_FOUND") return "not-found";
    throw this.http.unexpected(reply);
  }

  async pollSignUp(externalReference: string): Promise<PolledSignUp> {
    const reply = await this.http.call("POST", "/tsg/poll_sign_up", {
      body: this.#body({ external_reference: externalReference }),
    });
    const status = (["UNCLAIMED", "CLAIMED", "EXPIRED", "VOID"] as const).find((each) => each === reply.body["status"]);
    if (reply.status !== 200 || !status) throw this.http.unexpected(reply);
    return { status, subjectId: reply.body["subject_id"], credential: reply.body["credential"] };
  }

  #body(fields: Record<string, unknown>): Record<string, unknown> {
    return { service_id: this.config.serviceId, ...fields };
  }
}
