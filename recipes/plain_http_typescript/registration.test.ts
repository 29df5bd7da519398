import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";

import { Refused, World } from "./sandbox.ts";

const ORCHESTRATOR = process.env["SANDBOX_URL"] ?? "http://127.0.0.1:8800";
const PASSWORD = "Chai4two!now";

let world: World;

beforeEach(async () => {
  world = await World.make(ORCHESTRATOR, "new-customer", 7);
});

afterEach(() => world.delete());

test("a customer of the bank registers on the web", async () => {
  const asha = await world.persona("Asha");
  const card = asha.cards.find((each) => each.type === "DEBIT");
  assert.ok(card);
  let visit = await world.begin({ type: "CIF", id: asha.cif });
  visit = await world.act(visit, "verify-email-otp", { otp: await world.code(asha.email, "email-otp") });
  visit = await world.act(visit, "verify-mobile-otp", { otp: await world.code(asha.mobile, "mobile-otp") });
  const { last4: cardLast4, expiry, pin } = card;
  visit = await world.act(visit, "authenticate", { mfaType: "DEBIT_CARD", cardLast4, expiry, pin });
  visit = await world.act(visit, "save-user-id", { userId: "asha.at.home" });
  visit = await world.act(visit, "validate-password", { password: PASSWORD });
  visit = await world.act(visit, "set-password", { password: PASSWORD, confirmPassword: PASSWORD });
  assert.equal(visit.status, "Registered");
  assert.equal(visit.last_outcome.branch, "WR-11.1");
});

test("a code is refused as expired when its time is over", async () => {
  const asha = await world.persona("Asha");
  const visit = await world.begin({ type: "CIF", id: asha.cif });
  const otp = await world.code(asha.email, "email-otp");
  await world.advance("PT6M");
  await assert.rejects(world.act(visit, "verify-email-otp", { otp }), (error) => {
    assert.ok(error instanceof Refused);
    assert.equal(error.status, 401);
    assert.equal(error.problem["upstream_code"], "REGSRVC.OTP_EXPIRED");
    return true;
  });
});
