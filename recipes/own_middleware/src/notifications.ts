/**
 * Messages to users, by way of an outbox: what is to be told is stored with the step that it tells of, and sent until
 * Auth Service has taken it. Its key makes it one message, however often it is sent.
 */

import type { AuthService } from "./gateways/auth_service.js";
import { UpstreamUnavailable } from "./problems.js";
import type { Registration, Store } from "./store.js";
import { addSeconds, type WorldClock } from "./time.js";

const MESSAGES = {
  "device-not-found": ["Your device is not known yet", "Device not found on our records. You can add it now."],
  "device-registered": ["Your device is registered", "Your device is registered. Activate it to begin using it."],
  "device-activated": ["Your device is active", "Your device is active. If this was not you, call the bank."],
} as const;

export type Purpose = keyof typeof MESSAGES;

const FIRST_RETRY_SECONDS = 5;
const LONGEST_RETRY_SECONDS = 600;

export class Notifications {
  constructor(
    private readonly store: Store,
    private readonly clock: WorldClock,
    private readonly authService: AuthService,
  ) {}

  /** Keep a message to be sent; the same purpose and event of a registration again is the same message. */
  add(registration: Registration, purpose: Purpose, event: string): void {
    const key = `${registration.id}:${purpose}:${event}`;
    if (this.store.notification(registration.world, key)) return;
    const [subject, body] = MESSAGES[purpose];
    this.store.saveNotification({
      world: registration.world,
      key,
      registrationId: registration.id,
      username: registration.username,
      purpose,
      subject,
      body,
      dueAt: this.clock.now(registration.world).toISOString(),
      attempts: 0,
      state: "pending",
    });
  }

  /** Send what is due of a registration's messages; what cannot be sent now is due again later. */
  async sendDue(registration: Registration): Promise<void> {
    for (const message of this.store.pendingNotifications(registration)) {
      const now = this.clock.now(registration.world);
      if (new Date(message.dueAt) > now) continue;
      try {
        const sent = await this.authService.notify(message.username, message, message.key);
        message.state = sent ? "sent" : "undeliverable";
      } catch (error) {
        if (!(error instanceof UpstreamUnavailable)) throw error;
        const seconds = Math.min(FIRST_RETRY_SECONDS * 2 ** message.attempts, LONGEST_RETRY_SECONDS);
        message.attempts += 1;
        message.dueAt = addSeconds(now, seconds).toISOString();
      }
      this.store.saveNotification(message);
    }
  }
}
