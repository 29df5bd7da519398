/** The bank's mail and SMS gateway. */

import type { HttpClient } from "./http.js";

export class Mailroom {
  constructor(private readonly http: HttpClient) {}

  async sendSignUpCode(channel: "email" | "sms", to: string, code: string, minutes: number): Promise<void> {
    const reply = await this.http.call("POST", "/messages", {
      body: {
        channel,
        to,
        subject: "Your sign-up code",
        body: `Your sign-up code is ${code}. Enter it in the bank's app within ${minutes} minutes.`,
        purpose: "sign-up-code",
        sender: "acme-middleware",
        code,
      },
    });
    if (reply.status !== 201) throw this.http.unexpected(reply);
  }
}
