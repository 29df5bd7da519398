/**
 * W3C trace context and baggage: what comes with a call or a push goes out again with every call made because of it.
 *
 * The baggage member `sandbox.world` says which of several isolated banks a call belongs to, as a tenant's id would.
 * Everything the middleware stores is keyed by it.
 */

import type { IncomingHttpHeaders } from "node:http";

import { context, propagation, ROOT_CONTEXT } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { CompositePropagator, W3CBaggagePropagator, W3CTraceContextPropagator } from "@opentelemetry/core";

const WORLD = "sandbox.world";
const DEFAULT_WORLD = "default";

export function setUpPropagation(): void {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(
    new CompositePropagator({ propagators: [new W3CTraceContextPropagator(), new W3CBaggagePropagator()] }),
  );
}

/** Run `work` in the trace and the world that the headers of a request name. */
export function runWithHeaders<T>(headers: IncomingHttpHeaders, work: () => T): T {
  return context.with(propagation.extract(ROOT_CONTEXT, headers), work);
}

/** Run `work`, which nobody asked for just now, in a world. */
export function runInWorld<T>(world: string, work: () => T): T {
  const baggage = propagation.createBaggage({ [WORLD]: { value: world } });
  return context.with(propagation.setBaggage(ROOT_CONTEXT, baggage), work);
}

export function currentWorld(): string {
  return propagation.getBaggage(context.active())?.getEntry(WORLD)?.value ?? DEFAULT_WORLD;
}

export function propagationHeaders(): Record<string, string> {
  const headers: Record<string, string> = {};
  propagation.inject(context.active(), headers);
  return headers;
}
