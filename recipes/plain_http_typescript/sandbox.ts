/** The registration sandbox by plain HTTP: what a web site's own tests need of it. */

export interface Card {
  type: "DEBIT" | "CREDIT";
  last4: string;
  expiry: string;
  pin: string;
  cvv: string;
}

export interface Persona {
  name: string;
  cif: string;
  email: string | null;
  mobile: string | null;
  cards: Card[];
}

export interface Registration {
  id: string;
  status: string;
  allowed_actions: string[];
  last_outcome: { branch: string | null; message: string; details: Record<string, unknown> };
}

/** What a service refuses, as a problem document (RFC 9457). */
export class Refused extends Error {
  readonly status: number;
  readonly problem: Record<string, unknown>;

  constructor(status: number, problem: Record<string, unknown>) {
    super(`${status}: ${problem["detail"] ?? "refused"}`);
    this.status = status;
    this.problem = problem;
  }
}

/** A world of one test's own: people, clock, mail and faults that no other test meets. */
export class World {
  readonly id: string;
  private readonly urls: Map<string, string>;

  private constructor(id: string, urls: Map<string, string>) {
    this.id = id;
    this.urls = urls;
  }

  static async make(orchestrator: string, scenario: string, seed: number): Promise<World> {
    const told = await json<{ services: { service: string; url: string }[] }>("GET", `${orchestrator}/_sandbox/services`);
    const urls = new Map(told.services.map((each) => [each.service, each.url]));
    const world = new World(`ts-${crypto.randomUUID()}`, urls);
    await world.control("PUT", "", { scenario, seed });
    return world;
  }

  async persona(name: string): Promise<Persona> {
    const { personas } = await this.control<{ personas: Persona[] }>("GET", "/personas");
    const found = personas.find((each) => each.name === name);
    if (found === undefined) throw new Error(`There is no ${name} in this world.`);
    return found;
  }

  begin(identity: Record<string, string>): Promise<Registration> {
    return this.call("orchestrator", "POST", "/registrations", { flow: "web", deviceId: "browser", ...identity });
  }

  act(registration: Registration, action: string, fields: Record<string, unknown> = {}): Promise<Registration> {
    return this.call("orchestrator", "POST", `/registrations/${registration.id}/actions/${action}`, fields);
  }

  /** The code in the newest message to somebody; waits up to ten seconds for one to come. */
  async code(to: string | null, purpose: string): Promise<string> {
    const query = new URLSearchParams({ to: to ?? "", purpose, wait: "10", limit: "1" });
    const { messages } = await this.call<{ messages: { code: string }[] }>("mailroom", "GET", `/messages?${query}`);
    if (messages[0] === undefined) throw new Error(`No ${purpose} message came.`);
    return messages[0].code;
  }

  /** Let time pass, as an ISO 8601 duration; what falls due is done before this resolves. */
  async advance(duration: string): Promise<void> {
    await this.control("POST", "/clock", { advance: duration });
  }

  async delete(): Promise<void> {
    await this.control("DELETE", "");
  }

  /** A service's URL in this world: where a client can only be given a base URL, the world travels in the path. */
  url(service: string): string {
    return `${this.urls.get(service)}/w/${this.id}`;
  }

  private call<T>(service: string, method: string, path: string, body?: unknown): Promise<T> {
    return json<T>(method, this.url(service) + path, body);
  }

  private control<T>(method: string, path: string, body?: unknown): Promise<T> {
    return json<T>(method, `${this.urls.get("orchestrator")}/_sandbox/worlds/${this.id}${path}`, body);
  }
}

async function json<T>(method: string, url: string, body?: unknown): Promise<T> {
  const sent = body === undefined ? {} : { body: JSON.stringify(body), headers: { "Content-Type": "application/json" } };
  const answer = await fetch(url, { method, ...sent });
  const text = await answer.text();
  const found = text === "" ? {} : JSON.parse(text);
  if (!answer.ok) throw new Refused(answer.status, found);
  return found as T;
}
