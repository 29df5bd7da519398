/** Auth Service: whose a token is, a user's contacts and devices, and messages to the user. */

import { UpstreamUnavailable } from "../problems.js";
import { type HttpClient, isObject, type JsonObject } from "./http.js";

export type Association = "associated" | "there-already" | "of-another-user" | "limit-reached";

export class AuthService {
  constructor(private readonly http: HttpClient) {}

  /** Return whose token this is, or null where it is not (or no longer) valid (RFC 7662). */
  async introspect(token: string): Promise<string | null> {
    const reply = await this.http.call("POST", "/auth/introspect", { body: { token } });
    if (reply.status !== 200 || typeof reply.body["active"] !== "boolean") throw this.http.unexpected(reply);
    const username = reply.body["username"];
    return reply.body["active"] && typeof username === "string" && username ? username : null;
  }

  async hasDevice(username: string, emCertID: string): Promise<boolean> {
    const reply = await this.http.call("GET", devicePath(username, emCertID));
    if (reply.status === 200 && reply.body["emCertID"] === emCertID) return true;
    if (reply.status === 404 && reply.body["error"] === "DEVICE_NOT_FOUND") return false;
    throw this.http.unexpected(reply);
  }

  /** Return whose device this is, or null where it is nobody's. */
  async ownerOf(emCertID: string): Promise<string | null> {
    const reply = await this.http.call("GET", `/devices/${encodeURIComponent(emCertID)}`);
    if (reply.status === 404) return null;
    const username = reply.body["username"];
    if (reply.status !== 200 || typeof username !== "string") throw this.http.unexpected(reply);
    return username;
  }

  async devicesOf(username: string): Promise<JsonObject[]> {
    const reply = await this.http.call("GET", `${userPath(username)}/devices`);
    const devices = reply.body["devices"];
    if (reply.status !== 200 || !Array.isArray(devices)) throw this.http.unexpected(reply);
    return devices.filter(isObject);
  }

  async associate(username: string, emCertID: string): Promise<Association> {
    const reply = await this.http.call("PUT", devicePath(username, emCertID));
    if (reply.status === 201) return "associated";
    if (reply.status === 200) return "there-already";
    const error = String(reply.body["error"] ?? reply.body["code"] ?? "");
    if (reply.status === 409 && /another/i.test(error)) return "of-another-user";
    if (reply.status < 500 && /limit|max|too.many/i.test(error)) return "limit-reached";
    throw this.http.unexpected(reply);
  }

  async isRegisteredContact(username: string, contact: { email: string } | { mobile: string }): Promise<boolean> {
    const reply = await this.http.call("POST", `${userPath(username)}/contacts/verify`, { body: contact });
    if (reply.status === 200 && typeof reply.body["registered"] === "boolean") return reply.body["registered"];
    if (reply.status === 400) return false; // no address or number at all
    throw this.http.unexpected(reply);
  }

  /** Send a user a message; the same key sends it once. Return false where the user has no contact to send it to. */
  async notify(
    username: string,
    message: { purpose: string; subject: string; body: string },
    idempotencyKey: string,
  ): Promise<boolean> {
    const reply = await this.http.call("POST", `${userPath(username)}/notifications`, {
      body: message,
      headers: { "idempotency-key": idempotencyKey },
    });
    if (reply.status === 202) return true;
    if (reply.status === 409 && reply.body["error"] === "NO_CONTACT") return false;
    throw this.http.unexpected(reply);
  }

  /** Ask for something cheap, for the sake of the time that comes with the answer. */
  async refreshTime(username: string): Promise<"refreshed" | "unknown-world" | "unavailable"> {
    try {
      const reply = await this.http.call("GET", userPath(username));
      return reply.status === 404 && reply.body["code"] === "unknown-world" ? "unknown-world" : "refreshed";
    } catch (error) {
      if (error instanceof UpstreamUnavailable) return "unavailable";
      throw error;
    }
  }
}

function userPath(username: string): string {
  return `/users/${encodeURIComponent(username)}`;
}

function devicePath(username: string, emCertID: string): string {
  return `${userPath(username)}/devices/${encodeURIComponent(emCertID)}`;
}
