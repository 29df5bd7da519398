import { GenericContainer, getContainerRuntimeClient, Wait, type StartedTestContainer } from "testcontainers";

/** Where each service listens within the image. */
const PORTS = {
  orchestrator: 8800,
  cymmetri: 8801,
  cbs: 8802,
  auth_service: 8803,
  tsg: 8804,
  mailroom: 8805,
  handset: 8806,
};

export type Service = keyof typeof PORTS;

/** The registration sandbox in a container: all seven services, on ports of the host that are free. */
export class SandboxContainer implements AsyncDisposable {
  private readonly container: StartedTestContainer;

  private constructor(container: StartedTestContainer) {
    this.container = container;
  }

  /** Start the image and wait until it answers. */
  static async start(image = process.env["SANDBOX_IMAGE"] ?? "registration-sandbox"): Promise<SandboxContainer> {
    const { host } = (await getContainerRuntimeClient()).info.containerRuntime;
    const container = await new GenericContainer(image)
      .withExposedPorts(...Object.values(PORTS))
      .withEnvironment({ SANDBOX_ADMIN_TOKEN: "of-these-tests", SANDBOX_ALLOWED_HOSTS: host })
      .withWaitStrategy(Wait.forHttp("/_sandbox/health", PORTS.orchestrator))
      .start();
    return new SandboxContainer(container);
  }

  /** Make a world of a scenario, which no other test meets; return what its calls go to and how to delete it. */
  async world(scenario: string, seed = 7): Promise<World> {
    const id = `node-${crypto.randomUUID()}`;
    await this.control(`/_sandbox/worlds/${id}`, "PUT", { scenario, seed });
    return new World(this, id);
  }

  /** A service's URL, as it is reached from these tests. */
  url(service: Service): string {
    return `http://${this.container.getHost()}:${this.container.getMappedPort(PORTS[service])}`;
  }

  /** Ask the control plane. */
  control<T>(path: string, method = "GET", body?: unknown): Promise<T> {
    return json<T>(this.url("orchestrator") + path, method, body, { Authorization: "Bearer of-these-tests" });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.container.stop();
  }
}

/** A world of one test's own. Its name travels in the path of each call. */
export class World {
  readonly id: string;
  private readonly sandbox: SandboxContainer;

  constructor(sandbox: SandboxContainer, id: string) {
    this.sandbox = sandbox;
    this.id = id;
  }

  call<T>(service: Service, path: string, method = "GET", body?: unknown): Promise<T> {
    return json<T>(`${this.sandbox.url(service)}/w/${this.id}${path}`, method, body);
  }

  /** The world's people, clock, faults and journal: a path below `/_sandbox/worlds/<world>`. */
  control<T>(path: string, method = "GET", body?: unknown): Promise<T> {
    return this.sandbox.control<T>(`/_sandbox/worlds/${this.id}${path}`, method, body);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.control("", "DELETE");
  }
}

async function json<T>(url: string, method: string, body: unknown, headers: Record<string, string> = {}): Promise<T> {
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  const labels = body === undefined ? headers : { ...headers, "Content-Type": "application/json" };
  const answer = await fetch(url, { method, headers: labels, ...sent });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${url} was answered by ${answer.status}: ${text}`);
  return (text === "" ? {} : JSON.parse(text)) as T;
}
