/** `Idempotency-Key`: the same key and request is answered once; the same key with another request is refused. */

import { createHash } from "node:crypto";

import type { KeyedLock } from "./locks.js";
import { Problem } from "./problems.js";
import type { Store } from "./store.js";

export interface Answer {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: Record<string, unknown>;
}

export interface KeyedRequest {
  readonly world: string;
  /** Who asks: one user's keys are not another's. */
  readonly scope: string;
  readonly key: string | undefined;
  readonly path: string;
  readonly body: string;
}

export function answerOf(problem: Problem): Answer {
  const seconds = problem.extras.retryAfterSeconds;
  return {
    status: problem.status,
    headers: {
      "content-type": "application/problem+json",
      ...(seconds !== undefined && { "retry-after": String(seconds) }),
    },
    body: problem.toJSON(),
  };
}

/** Answer a request by `work`, or as it was answered before. An outage is no answer to keep: that is tried again. */
export async function answerOnce(
  store: Store,
  locks: KeyedLock,
  request: KeyedRequest,
  work: () => Promise<Answer>,
): Promise<Answer> {
  const { world, scope, key } = request;
  if (!key) return work();
  const bodyHash = createHash("sha256").update(`${request.path}\n${request.body}`).digest("hex");
  return locks.run(`key ${world}/${scope}/${key}`, async () => {
    const kept = store.answer(world, scope, key);
    if (kept && kept.bodyHash !== bodyHash) {
      const detail = "This Idempotency-Key was used with another request. Take a new one.";
      throw new Problem(422, "idempotency-key-reused", detail);
    }
    if (kept) return { status: kept.status, headers: JSON.parse(kept.headers), body: JSON.parse(kept.body) } as Answer;
    const answer = await work().catch((error: unknown) => {
      if (error instanceof Problem) return answerOf(error);
      throw error;
    });
    if (answer.status < 500) {
      const headers = JSON.stringify(answer.headers);
      const body = JSON.stringify(answer.body);
      store.saveAnswer(world, scope, key, { bodyHash, status: answer.status, headers, body });
    }
    return answer;
  });
}
