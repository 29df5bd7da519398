/** Problem documents (RFC 9457): every refusal of the channel API, and of the push. */

export interface ProblemExtras {
  readonly field?: string;
  readonly details?: Record<string, unknown>;
  readonly branch?: string;
  readonly upstreamCode?: string;
  readonly allowedActions?: readonly string[];
  readonly retryAfterSeconds?: number;
}

export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly detail: string,
    readonly extras: ProblemExtras = {},
  ) {
    super(`${status} ${code}: ${detail}`);
  }

  toJSON(): Record<string, unknown> {
    const { field, details, branch, upstreamCode, allowedActions } = this.extras;
    return {
      type: `/problems/${this.code}`,
      title: titleOf(this.code),
      status: this.status,
      detail: this.detail,
      code: this.code,
      ...(field !== undefined && { field }),
      ...(details !== undefined && { details }),
      ...(branch !== undefined && { branch }),
      ...(upstreamCode !== undefined && { upstream_code: upstreamCode }),
      ...(allowedActions !== undefined && { allowed_actions: allowedActions }),
    };
  }
}

export const RETRY_AFTER_SECONDS = 5;

/** One of the bank's systems cannot be reached, fails, or answers what its documents do not know. */
export class UpstreamUnavailable extends Error {
  constructor(
    readonly system: string,
    readonly reason: string,
    /** Whether the system may have done what it was asked: there was no answer, or not a whole one. */
    readonly mayBeDone = false,
  ) {
    super(`${system}: ${reason}`);
  }

  toProblem(branch?: string): Problem {
    return new Problem(503, "upstream-unavailable", `${this.system} cannot be asked just now. Try again later.`, {
      retryAfterSeconds: RETRY_AFTER_SECONDS,
      ...(branch !== undefined && { branch }),
    });
  }
}

/** Run `work`; where a system of the bank's is out, refuse with the branch of the documents that this is. */
export async function orUnavailable<T>(branch: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof UpstreamUnavailable ? error.toProblem(branch) : error;
  }
}

export const notLoggedIn = (branch: string): Problem =>
  new Problem(401, "not-logged-in", "Log in at the Auth Service first, and send its token as a bearer token.", {
    branch,
  });

export const notYours = (): Problem =>
  new Problem(403, "not-your-registration", "This registration is somebody else's.", { branch: "DR-0.4" });

export const unknownRegistration = (branch?: string): Problem =>
  new Problem(
    404,
    "unknown-registration",
    "There is no such registration. Begin one with POST /registrations.",
    branch === undefined ? {} : { branch },
  );

export const invalid = (field: string, detail: string): Problem =>
  new Problem(400, "validation-failed", detail, { field });

export const actionNotAllowed = (
  action: string,
  status: string,
  allowed: readonly string[],
  branch?: string,
): Problem =>
  new Problem(409, "action-not-allowed", `${action} is not possible while the registration is ${status}.`, {
    allowedActions: allowed,
    ...(branch !== undefined && { branch }),
  });

function titleOf(code: string): string {
  const words = code.replaceAll("-", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
