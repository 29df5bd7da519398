import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { SandboxContainer, World } from "./sandbox-container.ts";

interface Person {
  name: string;
  cif: string;
  email: string;
}

interface Registration {
  id: string;
  status: string;
}

let sandbox: SandboxContainer;

before(async () => {
  sandbox = await SandboxContainer.start();
});

after(() => sandbox[Symbol.asyncDispose]());

async function begin(world: World): Promise<{ person: Person; registration: Registration }> {
  const { personas } = await world.control<{ personas: Person[] }>("/personas");
  const person = personas.find((each) => each.name === "Asha");
  assert.ok(person);
  const registration = await world.call<Registration>("orchestrator", "/registrations", "POST", {
    flow: "web",
    deviceId: "browser",
    type: "CIF",
    id: person.cif,
  });
  return { person, registration };
}

async function emailed(world: World, person: Person): Promise<string> {
  const query = new URLSearchParams({ to: person.email, purpose: "email-otp", wait: "10", limit: "1" });
  const { messages } = await world.call<{ messages: { code: string }[] }>("mailroom", `/messages?${query}`);
  assert.ok(messages[0]);
  return messages[0].code;
}

test("an emailed code takes the customer to the mobile step", async () => {
  const world = await sandbox.world("new-customer");
  const { person, registration } = await begin(world);
  const otp = await emailed(world, person);
  const path = `/registrations/${registration.id}/actions/verify-email-otp`;
  const { status } = await world.call<Registration>("orchestrator", path, "POST", { otp });
  assert.equal(status, "Mobile_Otp_Sent");
  await world[Symbol.asyncDispose]();
});

test("a code of six minutes ago is refused", async () => {
  const world = await sandbox.world("new-customer");
  const { person, registration } = await begin(world);
  const otp = await emailed(world, person);
  await world.control("/clock", "POST", { advance: "PT6M" });
  const path = `/registrations/${registration.id}/actions/verify-email-otp`;
  await assert.rejects(world.call("orchestrator", path, "POST", { otp }), /REGSRVC\.OTP_EXPIRED/);
  await world[Symbol.asyncDispose]();
});
