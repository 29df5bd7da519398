/**
 * What becomes due although nobody asks: in each world with something open, the time is asked for and the due is done.
 * A world in which nothing happens is looked at less and less often.
 */

import type { DeviceFlow } from "./flows/device.js";
import type { AuthService } from "./gateways/auth_service.js";
import type { KeyedLock } from "./locks.js";
import type { Registration, Store } from "./store.js";
import { runInWorld } from "./world.js";

const TICK_MS = 1000;
const FIRST_INTERVAL_MS = 5000;
const LONGEST_INTERVAL_MS = 60_000;

interface Schedule {
  intervalMs: number;
  nextAtMs: number;
}

export class Background {
  readonly #schedules = new Map<string, Schedule>();
  readonly #gone = new Set<string>();
  #timer: NodeJS.Timeout | undefined;
  #running = false;

  constructor(
    private readonly store: Store,
    private readonly locks: KeyedLock,
    private readonly authService: AuthService,
    private readonly deviceFlow: DeviceFlow,
  ) {}

  start(): void {
    this.#timer = setInterval(() => void this.#tick(), TICK_MS);
    this.#timer.unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** Look at a world soon: somebody has just been there. */
  touch(world: string): void {
    this.#gone.delete(world);
    this.#schedules.set(world, { intervalMs: FIRST_INTERVAL_MS, nextAtMs: performance.now() + FIRST_INTERVAL_MS });
  }

  async #tick(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    try {
      for (const [world, open] of Object.entries(groupByWorld(this.store.unsettledRegistrations()))) {
        if (this.#isDue(world)) await runInWorld(world, () => this.#settle(world, open));
      }
    } catch (error) {
      console.error("in the background:", error);
    } finally {
      this.#running = false;
    }
  }

  #isDue(world: string): boolean {
    if (this.#gone.has(world)) return false;
    const now = performance.now();
    const schedule = this.#schedules.get(world) ?? { intervalMs: FIRST_INTERVAL_MS, nextAtMs: 0 };
    if (schedule.nextAtMs > now) return false;
    this.#schedules.set(world, {
      intervalMs: Math.min(schedule.intervalMs * 2, LONGEST_INTERVAL_MS),
      nextAtMs: now + schedule.intervalMs,
    });
    return true;
  }

  async #settle(world: string, open: Registration[]): Promise<void> {
    const time = await this.authService.refreshTime(open[0]?.username ?? "");
    if (time === "unknown-world") this.#gone.add(world);
    if (time !== "refreshed") return;
    for (const { id, emCertID } of open) {
      await this.locks.run(`${world}/${emCertID}`, async () => {
        const registration = this.store.registration(world, id);
        if (registration) await this.deviceFlow.settle(registration);
      });
    }
  }
}

function groupByWorld(registrations: Registration[]): Record<string, Registration[]> {
  const groups: Record<string, Registration[]> = {};
  for (const registration of registrations) (groups[registration.world] ??= []).push(registration);
  return groups;
}
