/** Calls to one of the bank's systems: world and trace carried on, the world's time noted, failures told apart. */

import { UpstreamUnavailable } from "../problems.js";
import { NOW_HEADER, type WorldClock } from "../time.js";
import { currentWorld, propagationHeaders } from "../world.js";

const USER_AGENT = "acme-middleware/4.2";

export type JsonObject = Record<string, unknown>;

export interface Reply {
  readonly status: number;
  readonly body: JsonObject;
  readonly retryAfterSeconds: number | undefined;
}

export interface CallOptions {
  readonly body?: JsonObject;
  readonly headers?: Record<string, string>;
}

export class HttpClient {
  constructor(
    readonly system: string,
    private readonly baseUrl: string,
    private readonly clock: WorldClock,
    private readonly timeoutMs: number,
    private readonly headers: Record<string, string> = {},
  ) {}

  /**
   * Return what the system answered with, whatever its status.
   *
   * Throws `UpstreamUnavailable` where there is no answer in time, or one that is not a JSON object.
   */
  async call(method: string, path: string, options: CallOptions = {}): Promise<Reply> {
    let status: number;
    let text: string;
    let retryAfter: string | null;
    try {
      const response = await fetch(this.baseUrl + path, {
        method,
        headers: {
          ...propagationHeaders(),
          "user-agent": USER_AGENT,
          accept: "application/json",
          ...(options.body && { "content-type": "application/json" }),
          ...this.headers,
          ...options.headers,
        },
        ...(options.body && { body: JSON.stringify(options.body) }),
        signal: AbortSignal.timeout(this.timeoutMs),
      });
      this.clock.note(currentWorld(), response.headers.get(NOW_HEADER));
      status = response.status;
      retryAfter = response.headers.get("retry-after");
      text = await response.text();
    } catch (error) {
      throw new UpstreamUnavailable(this.system, `no answer (${describe(error)})`, true);
    }
    const retryAfterSeconds = retryAfter && /^\d+$/.test(retryAfter) ? Number(retryAfter) : undefined;
    return { status, body: this.#parse(status, text), retryAfterSeconds };
  }

  /** Return the error for an answer that this system's documents do not know. */
  unexpected(reply: Reply): UpstreamUnavailable {
    return new UpstreamUnavailable(this.system, `answered ${reply.status} ${String(reply.body["error"] ?? "")}`.trim());
  }

  #parse(status: number, text: string): JsonObject {
    if (status === 204) return {};
    try {
      const body: unknown = JSON.parse(text);
      if (isObject(body)) return body;
    } catch {
      // told below, as any other body that is no JSON object
    }
    throw new UpstreamUnavailable(this.system, `answered ${status} with a body that is no JSON object`, true);
  }
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}
