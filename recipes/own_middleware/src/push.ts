/**
 * TSG's push that a phone has completed its sign-up, by the Standard Webhooks specification.
 *
 * The library checks timestamps against the machine's clock only. Here the bank's systems tell the time, so the library
 * makes the signature, and the tolerance around it is kept here.
 */

import { timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";

import { Webhook } from "standardwebhooks";

import { bug } from "./bugs.js";
import type { DeviceFlow } from "./flows/device.js";
import { isObject, type JsonObject } from "./gateways/http.js";
import type { KeyedLock } from "./locks.js";
import { Problem } from "./problems.js";
import type { SignUp, Store } from "./store.js";
import { NOW_HEADER, parseInstant, type WorldClock } from "./time.js";
import { currentWorld } from "./world.js";

const TOLERANCE_SECONDS = 300;

export class PushReceiver {
  readonly #webhook: Webhook;

  constructor(
    secret: string,
    private readonly store: Store,
    private readonly clock: WorldClock,
    private readonly locks: KeyedLock,
    private readonly deviceFlow: DeviceFlow,
  ) {
    this.#webhook = new Webhook(secret);
  }

  /** Take a push in, and begin what follows from it. Throws a problem where it is not trusted, or does not belong. */
  async receive(payload: string, headers: IncomingHttpHeaders): Promise<void> {
    this.#verify(payload, headers);
    const push = parsePush(payload);
    if (push["type"] !== "sign_up") return; // of no concern here; the specification has such pushes acknowledged
    const data = isObject(push["data"]) ? push["data"] : {};
    const signUp = this.#findSignUp(data);
    const subjectId = typeof data["subject_id"] === "string" ? data["subject_id"] : signUp.emCertID;
    const timestamp = typeof push["timestamp"] === "string" ? push["timestamp"] : null;
    await this.locks.run(`${signUp.world}/${signUp.emCertID}`, async () => {
      const registration = this.store.registration(signUp.world, signUp.registrationId);
      const current = this.store.signUp(signUp.world, signUp.reference);
      if (!registration || !current) throw unknownReference();
      this.deviceFlow.signUps.complete(registration, current, { subjectId, at: parseInstant(timestamp) });
    });
    this.#continue(signUp);
  }

  #verify(payload: string, headers: IncomingHttpHeaders): void {
    const world = currentWorld();
    const told = headers[NOW_HEADER];
    const now = this.clock.nowForPush(world, typeof told === "string" ? told : undefined);
    const { "webhook-id": id, "webhook-timestamp": seconds, "webhook-signature": signatures } = headers;
    const signed = typeof id === "string" && typeof seconds === "string" && typeof signatures === "string";
    if (!signed || !/^\d+$/.test(seconds)) {
      if (bug("signature-not-checked")) return;
      throw notTrusted("The push is not signed.");
    }
    const timestamp = new Date(Number(seconds) * 1000);
    const expected = Buffer.from(this.#webhook.sign(id, timestamp, payload));
    const genuine = signatures.split(" ").some((each) => isSame(Buffer.from(each), expected));
    if (!genuine && !bug("signature-not-checked")) throw notTrusted("The signature is not TSG's.");
    const fresh = Math.abs(now.getTime() - timestamp.getTime()) <= TOLERANCE_SECONDS * 1000;
    if (!fresh && !bug("stale-push-taken")) throw notTrusted("The push is too old, or of a time to come.");
    this.clock.note(world, now.toISOString());
  }

  #findSignUp(data: JsonObject): SignUp {
    const { external_reference: reference, subject_id: subjectId, credential } = data;
    const taken =
      (bug("empty-reference-taken") && !reference) ||
      (bug("blank-reference-taken") && typeof reference === "string" && reference !== "" && !reference.trim());
    if (!taken && (typeof reference !== "string" || !reference.trim())) {
      const detail = "The push has no external_reference.";
      throw new Problem(422, "empty-external-reference", detail, { branch: "DR-2.6" });
    }
    const complete = typeof subjectId === "string" && subjectId !== "" && Boolean(credential);
    if (!complete && !bug("incomplete-push-taken")) {
      const detail = "The push lacks subject_id or credential.";
      throw new Problem(422, "incomplete-push", detail, { branch: "DR-2.8" });
    }
    const world = currentWorld();
    const found = taken ? null : this.store.signUp(world, String(reference));
    if (found) return found;
    const guess = taken || bug("unknown-reference-taken");
    const [open] = guess ? this.store.openSignUpsOfPhone(world, String(subjectId)) : [];
    if (!open) throw unknownReference();
    return open;
  }

  /** Register the phone on TSG, after TSG has its answer: it may push again before it can be asked. */
  #continue(signUp: SignUp): void {
    const work = async (): Promise<void> => {
      const registration = this.store.registration(signUp.world, signUp.registrationId);
      if (registration) await this.deviceFlow.settle(registration);
    };
    this.locks.run(`${signUp.world}/${signUp.emCertID}`, work).catch((error: unknown) => {
      console.error("after a push:", error);
    });
  }
}

function parsePush(payload: string): JsonObject {
  try {
    const push: unknown = JSON.parse(payload);
    if (isObject(push)) return push;
  } catch {
    // told below
  }
  throw new Problem(422, "incomplete-push", "The push is not a JSON object.", { branch: "DR-2.8" });
}

function isSame(one: Buffer, other: Buffer): boolean {
  return one.length === other.length && timingSafeEqual(one, other);
}

function notTrusted(detail: string): Problem {
  return new Problem(401, "push-not-trusted", detail, { branch: "DR-2.9" });
}

function unknownReference(): Problem {
  return new Problem(404, "unknown-external-reference", "No sign-up has this external_reference.", {
    branch: "DR-2.7",
  });
}
