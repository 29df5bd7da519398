/** Cymmetri's `ciamregsrvc/webRegistration`: its envelope, its errors, its staged tokens. */

import { type HttpClient, isObject, type JsonObject } from "./http.js";

const PREFIX = "/ciamregsrvc/webRegistration/";

export type CymmetriReply =
  | { readonly success: true; readonly data: JsonObject }
  | {
      readonly success: false;
      readonly status: number;
      /** `REGSRVC.REASON`, as Cymmetri spells it. */
      readonly errorCode: string;
      readonly reason: string;
      readonly message: string;
      readonly errorMeta: JsonObject;
      /** What some errors bring along: the next token, where the step was taken and only its message was not sent. */
      readonly data: JsonObject;
      readonly retryAfterSeconds: number | undefined;
    };

/** The status of each error, for installations that answer all of them with 200. */
const STATUS_OF: Readonly<Record<string, number>> = {
  VALIDATION_FAILED: 400, FACTOR_NOT_AVAILABLE: 400, INVALID_USER_ID: 400, PASSWORD_MISMATCH: 400,
  UNAUTHORIZED: 401, INVALID_OTP: 401, OTP_EXPIRED: 401, AUTHENTICATION_FAILED: 401, SESSION_EXPIRED: 401,
  CUSTOMER_NOT_ELIGIBLE: 403, USER_NOT_FOUND: 404,
  EMAIL_NOT_REGISTERED: 409, MOBILE_NOT_REGISTERED: 409, STEP_OUT_OF_ORDER: 409, USER_ID_ALREADY_EXISTS: 409,
  IDENTITY_AMBIGUOUS: 409, PASSWORD_POLICY_VIOLATION: 422, USER_BLOCKED: 423,
  RESEND_TOO_SOON: 429, RESEND_LIMIT_REACHED: 429, TOO_MANY_CODES: 429,
  UPSTREAM_UNAVAILABLE: 503, OTP_NOT_SENT: 503,
};

export class Cymmetri {
  constructor(
    private readonly http: HttpClient,
    private readonly tenant: string,
  ) {}

  async call(
    method: "GET" | "POST",
    operation: string,
    token: string | null,
    body?: JsonObject,
  ): Promise<CymmetriReply> {
    const reply = await this.http.call(method, PREFIX + operation, {
      headers: { tenant: this.tenant, ...(token && { authorization: `Bearer ${token}` }) },
      ...(body && { body }),
    });
    const { success, errorCode, message } = reply.body;
    const data = isObject(reply.body["data"]) ? reply.body["data"] : {};
    if (success === true && reply.status < 400) return { success, data };
    if (success !== false || typeof errorCode !== "string" || !errorCode) throw this.http.unexpected(reply);
    const reason = errorCode.slice(errorCode.indexOf(".") + 1);
    return {
      success,
      status: reply.status >= 400 ? reply.status : (STATUS_OF[reason] ?? 400),
      errorCode,
      reason,
      message: typeof message === "string" && message ? message : reason,
      errorMeta: isObject(reply.body["errorMeta"]) ? reply.body["errorMeta"] : {},
      data,
      retryAfterSeconds: reply.retryAfterSeconds,
    };
  }
}
