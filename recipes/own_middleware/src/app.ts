/** The composition root, and the routes: each parses, hands on, and answers. */

import express, { type Express, type NextFunction, type Request, type Response } from "express";
import QRCode from "qrcode";

import { Background } from "./background.js";
import { bug } from "./bugs.js";
import type { Config } from "./config.js";
import { DeviceFlow } from "./flows/device.js";
import { DEVICE_STATUSES, type DeviceServices } from "./flows/device_services.js";
import { viewOf } from "./flows/registration.js";
import { WEB_STATUSES, WebFlow } from "./flows/web.js";
import { AuthService } from "./gateways/auth_service.js";
import { Cymmetri } from "./gateways/cymmetri.js";
import { HttpClient, isObject, type JsonObject } from "./gateways/http.js";
import { Mailroom } from "./gateways/mailroom.js";
import { Tsg } from "./gateways/tsg.js";
import { type Answer, answerOf, answerOnce } from "./idempotency.js";
import { KeyedLock } from "./locks.js";
import { Notifications } from "./notifications.js";
import {
  invalid, notLoggedIn, notYours, orUnavailable, Problem, unknownRegistration, UpstreamUnavailable,
} from "./problems.js";
import { PushReceiver } from "./push.js";
import { type Registration, Store } from "./store.js";
import { WorldClock } from "./time.js";
import { currentWorld, runWithHeaders } from "./world.js";

const DEFAULT_WAIT_SECONDS = 10;
const LONGEST_WAIT_SECONDS = 30;
const JSON_TYPES = ["application/json", "application/*+json"];

type Handler = (request: Request, response: Response) => Promise<void>;

export function createApp(config: Config): { app: Express; close: () => void } {
  const clock = new WorldClock();
  const store = new Store(config.databaseFile);
  const locks = new KeyedLock();
  const client = (system: string, url: string, headers: Record<string, string> = {}): HttpClient =>
    new HttpClient(system, url, clock, config.upstreamTimeoutMs, headers);
  const authService = new AuthService(
    client("Auth Service", config.urls.authService, { "x-api-key": config.authServiceApiKey }),
  );
  const services: DeviceServices = {
    config,
    store,
    clock,
    authService,
    tsg: new Tsg(client("TSG", config.urls.tsg, { "x-api-key": config.tsgApiKey }), config),
    mailroom: new Mailroom(client("The mail gateway", config.urls.mailroom)),
    notifications: new Notifications(store, clock, authService),
  };
  const deviceFlow = new DeviceFlow(services);
  const webFlow = new WebFlow(store, clock, new Cymmetri(client("Cymmetri", config.urls.cymmetri), config.tenant));
  const push = new PushReceiver(config.tsgPushSecret, store, clock, locks, deviceFlow);
  const background = new Background(store, locks, authService, deviceFlow);
  background.start();
  const channel = new Channel(store, locks, authService, deviceFlow, webFlow);

  const app = express().disable("x-powered-by").disable("etag");
  app.use(express.text({ type: JSON_TYPES, limit: "256kb" }));
  // Whatever is done for a request is done in its trace and its world.
  const route = (handle: Handler): Handler => (request, response) =>
    runWithHeaders(request.headers, () => {
      background.touch(currentWorld());
      return handle(request, response);
    });

  app.get("/healthz", (_request, response) => {
    store.check();
    response.json({ status: "ok" });
  });
  app.post("/registrations", route(async (request, response) => send(response, await channel.begin(request))));
  app.get("/registrations/:id", route(async (request, response) => {
    response.json(channel.view(await channel.look(request)));
  }));
  app.post("/registrations/:id/actions/:action", route(async (request, response) => {
    send(response, await channel.act(request));
  }));
  app.get("/registrations/:id/history", route(async (request, response) => {
    response.json({ history: store.history(await channel.find(request)) });
  }));
  app.get("/registrations/:id/sign-up-qr", route(async (request, response) => {
    const payload = channel.qrPayload(await channel.find(request));
    response.set("cache-control", "no-store");
    if (request.accepts(["image/png", "image/svg+xml"]) === "image/svg+xml") {
      response.type("image/svg+xml").send(await QRCode.toString(payload, { type: "svg" }));
    } else {
      response.type("image/png").send(await QRCode.toBuffer(payload, { scale: 8 }));
    }
  }));
  app.post("/tsg/push", route(async (request, response) => {
    await push.receive(textOf(request), request.headers);
    response.json({ received: true });
  }));
  app.use((request: Request) => {
    throw new Problem(404, "not-found", `There is nothing at ${request.path}.`);
  });
  app.use((error: unknown, _request: Request, response: Response, _next: NextFunction) => {
    send(response, answerOf(problemFor(error)));
  });
  const close = (): void => {
    background.stop();
    store.close();
  };
  return { app, close };
}

class Channel {
  constructor(
    private readonly store: Store,
    private readonly locks: KeyedLock,
    private readonly authService: AuthService,
    private readonly deviceFlow: DeviceFlow,
    private readonly webFlow: WebFlow,
  ) {}

  view(registration: Registration): Record<string, unknown> {
    const flow = registration.flow === "web" ? this.webFlow : this.deviceFlow;
    return viewOf(registration, flow.allowedActions(registration));
  }

  async begin(request: Request): Promise<Answer> {
    const body = objectOf(request);
    if (body["flow"] !== "web" && body["flow"] !== "device") throw invalid("flow", "flow has to be web or device.");
    const username = body["flow"] === "device" ? await this.#authenticate(request, "DR-0.4") : "";
    return this.#answerOnce(request, username, async () => {
      const registration =
        body["flow"] === "web" ? await this.webFlow.begin(body) : await this.deviceFlow.begin(body, username);
      const location = `/registrations/${registration.id}`;
      return { status: 201, headers: { location }, body: this.view(registration) };
    });
  }

  async act(request: Request): Promise<Answer> {
    const action = String(request.params["action"]);
    const registration = await this.#entitled(request, action === "sign-up" ? "DR-1.8" : undefined);
    const body = objectOf(request);
    return this.#answerOnce(request, registration.username, async () => {
      const flow = registration.flow === "web" ? this.webFlow : this.deviceFlow;
      const acted = await this.#locked(registration, (current) => flow.act(current, action, body));
      return { status: 200, headers: {}, body: this.view(acted) };
    });
  }

  /** Return a registration as it stands once all that is due is done. */
  async find(request: Request): Promise<Registration> {
    return this.#settle(await this.#entitled(request));
  }

  /** Return a registration, with `wait_for` once it has that status (or is past it) or the time is over. */
  async look(request: Request): Promise<Registration> {
    const { status, seconds } = readWait(request);
    const deadline = performance.now() + seconds * 1000;
    let registration = await this.find(request);
    while (status !== null && !hasReached(registration, status)) {
      const left = deadline - performance.now();
      if (left <= 0) break;
      await this.store.waitForChange(registration, Math.min(left, 1000));
      registration = await this.#settle(registration);
    }
    return registration;
  }

  qrPayload(registration: Registration): string {
    const signUp = this.store.latestSignUp(registration);
    if (registration.status !== "Sign_Up_In_Progress" || signUp?.via !== "qr" || !signUp.qrPayload) {
      throw new Problem(409, "no-sign-up-in-progress", "There is no sign-up by QR code under way.");
    }
    return signUp.qrPayload;
  }

  async #settle(registration: Registration): Promise<Registration> {
    const { world, id, flow } = registration;
    if (flow === "web") return this.store.registration(world, id) ?? registration;
    return this.#locked(registration, async (current) => {
      await this.deviceFlow.settle(current);
      return current;
    });
  }

  /** Return the registration that a request names, if the user who asks may see it. */
  async #entitled(request: Request, branch?: string): Promise<Registration> {
    const registration = this.store.registration(currentWorld(), String(request.params["id"]));
    if (!registration) throw unknownRegistration(branch);
    if (registration.flow === "web") return registration;
    let username: string;
    try {
      username = await this.#authenticate(request, "DR-0.8");
    } catch (error) {
      if (bug("session-end-loses-registration") && error instanceof Problem && error.status === 401) {
        this.store.deleteRegistration(registration);
      }
      throw error;
    }
    if (username !== registration.username && !bug("anyone-may-look")) throw notYours();
    return registration;
  }

  async #authenticate(request: Request, branch: string): Promise<string> {
    const token = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? "")?.[1];
    if (!token) throw notLoggedIn("DR-0.4");
    const username = await orUnavailable("DR-0.5", () => this.authService.introspect(token));
    if (!username) throw notLoggedIn(branch);
    return username;
  }

  /** Run `work` on the registration as it is once nothing else is under way for its phone. */
  async #locked(
    registration: Registration,
    work: (current: Registration) => Promise<Registration>,
  ): Promise<Registration> {
    const { world, id, emCertID } = registration;
    return this.locks.run(`${world}/${emCertID || id}`, async () => {
      const current = this.store.registration(world, id);
      if (!current) throw unknownRegistration();
      return work(current);
    });
  }

  #answerOnce(request: Request, scope: string, work: () => Promise<Answer>): Promise<Answer> {
    const key = request.get("idempotency-key");
    const keyed = { world: currentWorld(), scope, key, path: request.path, body: textOf(request) };
    return answerOnce(this.store, this.locks, keyed, work);
  }
}

function readWait(request: Request): { status: string | null; seconds: number } {
  const { wait_for: status = null, timeout = DEFAULT_WAIT_SECONDS } = request.query;
  const seconds = Number(timeout);
  if (!Number.isFinite(seconds) || seconds < 0) throw invalid("timeout", "timeout has to be a number of seconds.");
  if (status !== null && ![...DEVICE_STATUSES, ...WEB_STATUSES].includes(String(status))) {
    throw invalid("wait_for", "wait_for has to be a status.");
  }
  return { status: status === null ? null : String(status), seconds: Math.min(seconds, LONGEST_WAIT_SECONDS) };
}

/** Whether a registration has a status, or has gone past it on the device flow's way forward. */
function hasReached(registration: Registration, status: string): boolean {
  if (registration.status === status) return true;
  const wanted = DEVICE_STATUSES.indexOf(status);
  return registration.flow === "device" && wanted > 0 && DEVICE_STATUSES.indexOf(registration.status) > wanted;
}

function textOf(request: Request): string {
  return typeof request.body === "string" ? request.body : "";
}

function objectOf(request: Request): JsonObject {
  const text = textOf(request);
  const declared = Number(request.headers["content-length"] ?? 0) > 0 || request.headers["transfer-encoding"];
  if (!text && declared && !request.is(JSON_TYPES)) {
    throw new Problem(415, "unsupported-media-type", "The body has to be application/json.");
  }
  let body: unknown;
  try {
    body = text ? JSON.parse(text) : {};
  } catch {
    body = null;
  }
  if (!isObject(body)) throw invalid("body", "The body has to be a JSON object.");
  return body;
}

function problemFor(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof UpstreamUnavailable) return error.toProblem();
  if (error instanceof Error && "status" in error && typeof error.status === "number" && error.status < 500) {
    return new Problem(error.status, "bad-request", error.message);
  }
  console.error(error);
  return new Problem(500, "internal-error", "Something went wrong here.");
}

function send(response: Response, { status, headers, body }: Answer): void {
  const all = { "content-type": "application/json", ...headers };
  response.writeHead(status, all).end(JSON.stringify(body));
}
