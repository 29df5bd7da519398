/** Both flows by a client that is generated from the middleware's OpenAPI document: every body and status is typed. */

import assert from "node:assert/strict";

import createClient from "openapi-fetch";

import type { components, paths } from "./api.js";

type Registration = components["schemas"]["RegistrationView"];

const orchestrator = process.env["SANDBOX_URL"] ?? "http://127.0.0.1:8800";
const world = `generated-${crypto.randomUUID()}`;
const control = createClient<paths>({ baseUrl: orchestrator });
const bank = createClient<paths>({ baseUrl: `${orchestrator}/w/${world}` });

/** The answer, where it is a success. */
function told<T>(said: { data?: T | undefined; error?: unknown }): T {
  assert.ok(said.data !== undefined, JSON.stringify(said.error));
  return said.data;
}

await control.PUT("/_sandbox/worlds/{world}", { params: { path: { world } }, body: { scenario: "default" } });
const inWorld = { params: { path: { world } } };
const { personas } = told(await control.GET("/_sandbox/worlds/{world}/personas", inWorld));
const { services } = told(await control.GET("/_sandbox/services"));
const url = (name: string) => `${services.find((each) => each.service === name)?.url}/w/${world}`;

function persona(name: string) {
  const found = personas.find((each) => each.name === name);
  assert.ok(found?.email && found.mobile);
  return { ...found, email: found.email, mobile: found.mobile };
}

async function code(to: string, purpose: string): Promise<string> {
  const query = new URLSearchParams({ to, purpose, wait: "10", limit: "1" });
  const { messages } = (await (await fetch(`${url("mailroom")}/messages?${query}`)).json()) as { messages: { code: string }[] };
  assert.ok(messages[0]);
  return messages[0].code;
}

async function registerOnTheWeb(): Promise<Registration> {
  const asha = persona("Asha");
  const body = { flow: "web", deviceId: "browser", type: "CIF", id: asha.cif } as const;
  const { id } = told(await bank.POST("/registrations", { body }));
  const params = { path: { id } };
  const otp = await code(asha.email, "email-otp");
  told(await bank.POST("/registrations/{id}/actions/verify-email-otp", { params, body: { otp } }));
  const mobileOtp = { otp: await code(asha.mobile, "mobile-otp") };
  told(await bank.POST("/registrations/{id}/actions/verify-mobile-otp", { params, body: mobileOtp }));
  const card = asha.cards.find((each) => each.type === "DEBIT");
  assert.ok(card);
  const details = { mfaType: "DEBIT_CARD", cardLast4: card.last4, expiry: card.expiry, pin: card.pin };
  told(await bank.POST("/registrations/{id}/actions/authenticate", { params, body: details }));
  told(await bank.POST("/registrations/{id}/actions/save-user-id", { params, body: { userId: "asha.at.home" } }));
  const password = "Chai4two!now";
  told(await bank.POST("/registrations/{id}/actions/validate-password", { params, body: { password } }));
  const typedTwice = { password, confirmPassword: password };
  return told(await bank.POST("/registrations/{id}/actions/set-password", { params, body: typedTwice }));
}

async function addADevice(): Promise<Registration> {
  const indu = persona("Indu");
  const phone = indu.handsets[0];
  assert.ok(phone);
  const login = { username: indu.username, password: indu.password };
  const json = { "Content-Type": "application/json" };
  const session = await fetch(`${url("auth_service")}/auth/login`, { method: "POST", headers: json, body: JSON.stringify(login) });
  const { token } = (await session.json()) as { token: string };
  const headers = { Authorization: `Bearer ${token}` };
  const { id, status } = told(await bank.POST("/registrations", { headers, body: { flow: "device", emCertID: phone.emCertID } }));
  assert.equal(status, "Register_Complete");
  return told(await bank.POST("/registrations/{id}/actions/activate", { headers, params: { path: { id } } }));
}

console.log((await registerOnTheWeb()).status);
console.log((await addADevice()).status);
await control.DELETE("/_sandbox/worlds/{world}", inWorld);
