/** What both flows share: a registration's beginning, its steps in the history, and how it is shown. */

import { randomUUID } from "node:crypto";

import type { Registration, Store } from "../store.js";
import type { WorldClock } from "../time.js";

export interface Step {
  readonly action: string;
  readonly status: string;
  readonly branch: string | null;
  readonly message: string;
  readonly details?: Record<string, unknown>;
  readonly facts?: Record<string, unknown>;
}

export function newRegistration(
  world: string,
  now: Date,
  owner: { flow: "web" } | { flow: "device"; username: string; emCertID: string },
): Registration {
  return {
    world,
    id: randomUUID(),
    flow: owner.flow,
    status: "",
    username: owner.flow === "device" ? owner.username : "",
    emCertID: owner.flow === "device" ? owner.emCertID : "",
    outcome: { branch: null, message: "", details: {} },
    createdAt: now.toISOString(),
    updatedAt: now.toISOString(),
    data: {},
  };
}

/** Move a registration to the status of a step, and keep the step in its history: both or neither. */
export function recordStep(store: Store, clock: WorldClock, registration: Registration, step: Step): void {
  const at = clock.now(registration.world).toISOString();
  const before = registration.status;
  registration.status = step.status;
  registration.outcome = { branch: step.branch, message: step.message, details: step.details ?? {} };
  registration.updatedAt = at;
  const { action, branch, message, facts = {} } = step;
  store.atomically(() => {
    store.saveRegistration(registration);
    store.appendHistory(registration, { at, action, before, after: step.status, branch, message, facts });
  });
}

export function viewOf(registration: Registration, allowedActions: readonly string[]): Record<string, unknown> {
  return {
    id: registration.id,
    flow: registration.flow,
    status: registration.status,
    allowed_actions: allowedActions,
    last_outcome: registration.outcome,
    created_at: registration.createdAt,
    updated_at: registration.updatedAt,
  };
}
