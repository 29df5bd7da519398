/**
 * The middleware's own store: one SQLite file. Each write is on the disk before the call that it announces is made, so
 * that a process which dies in between finds out at its next start what it may have asked.
 */

import { EventEmitter } from "node:events";

import Database from "libsql";

export interface Outcome {
  readonly branch: string | null;
  readonly message: string;
  readonly details: Record<string, unknown>;
}

export interface Registration {
  readonly world: string;
  readonly id: string;
  readonly flow: "web" | "device";
  status: string;
  /** Whose it is; empty for a web registration, to which its id entitles. */
  readonly username: string;
  readonly emCertID: string;
  outcome: Outcome;
  readonly createdAt: string;
  updatedAt: string;
  /** What a flow has to remember beside the status. */
  data: Record<string, unknown>;
}

export interface HistoryEntry {
  readonly at: string;
  readonly action: string;
  readonly before: string;
  readonly after: string;
  readonly branch: string | null;
  readonly message: string;
  readonly facts: Record<string, unknown>;
}

/**
 * `asked`: TSG may have issued a code. `issued`: it has. `completed`: a phone used it. `lapsed`: none did in time.
 * `voiding`: no longer good here, and TSG has still to be told. `void`: TSG knows.
 */
export type SignUpState = "asked" | "issued" | "completed" | "lapsed" | "voiding" | "void";

export interface SignUp {
  readonly world: string;
  readonly reference: string;
  readonly registrationId: string;
  readonly username: string;
  readonly emCertID: string;
  readonly via: string;
  code: string | null;
  qrPayload: string | null;
  expiresAt: string | null;
  state: SignUpState;
  subjectId: string | null;
}

export interface Notification {
  readonly world: string;
  readonly key: string;
  readonly registrationId: string;
  readonly username: string;
  readonly purpose: string;
  readonly subject: string;
  readonly body: string;
  dueAt: string;
  attempts: number;
  state: "pending" | "sent" | "undeliverable";
}

export interface StoredAnswer {
  readonly bodyHash: string;
  readonly status: number;
  readonly headers: string;
  readonly body: string;
}

const SCHEMA = `
CREATE TABLE IF NOT EXISTS registrations (
  world TEXT, id TEXT, flow TEXT, status TEXT, document TEXT, PRIMARY KEY (world, id));
CREATE INDEX IF NOT EXISTS registrations_by_status ON registrations (flow, status);
CREATE TABLE IF NOT EXISTS history (world TEXT, registration_id TEXT, number INTEGER, document TEXT,
  PRIMARY KEY (world, registration_id, number));
CREATE TABLE IF NOT EXISTS sign_ups (
  world TEXT, reference TEXT, registration_id TEXT, em_cert_id TEXT, state TEXT, document TEXT,
  PRIMARY KEY (world, reference));
CREATE INDEX IF NOT EXISTS sign_ups_by_phone ON sign_ups (world, em_cert_id, state);
CREATE TABLE IF NOT EXISTS notifications (
  world TEXT, key TEXT, registration_id TEXT, state TEXT, document TEXT, PRIMARY KEY (world, key));
CREATE INDEX IF NOT EXISTS notifications_by_state ON notifications (state);
CREATE TABLE IF NOT EXISTS answers (
  world TEXT, scope TEXT, key TEXT, body_hash TEXT, status INTEGER, headers TEXT, body TEXT,
  PRIMARY KEY (world, scope, key));
`;

type Row = { document: string };

export class Store {
  readonly #db: Database.Database;
  readonly #changes = new EventEmitter().setMaxListeners(0);

  constructor(file: string) {
    this.#db = new Database(file);
    this.#db.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 2000;");
    this.#db.exec(SCHEMA);
  }

  /** Do all of `work` or nothing of it; `work` must not wait for anything. Within another it is part of that one. */
  atomically(work: () => void): void {
    if (this.#db.inTransaction) work();
    else this.#db.transaction(work)();
  }

  check(): void {
    this.#one("SELECT 1 AS document");
  }

  saveRegistration(registration: Registration): void {
    const { world, id, flow, status } = registration;
    this.#run(
      `INSERT INTO registrations (world, id, flow, status, document) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET status = excluded.status, document = excluded.document`,
      world, id, flow, status, JSON.stringify(registration),
    );
    this.#changes.emit(`${world}/${id}`);
  }

  deleteRegistration(registration: Registration): void {
    this.#run("DELETE FROM registrations WHERE world = ? AND id = ?", registration.world, registration.id);
  }

  registration(world: string, id: string): Registration | null {
    return this.#one("SELECT document FROM registrations WHERE world = ? AND id = ?", world, id);
  }

  /** Return every device registration with work that falls due by itself: a sign-up that may lapse, or a retry. */
  unsettledRegistrations(): Registration[] {
    return this.#all(
      `SELECT document FROM registrations r WHERE flow = 'device' AND (
         status IN ('Sign_Up_In_Progress', 'Sign_Up_Complete')
         OR EXISTS (SELECT 1 FROM sign_ups s
                    WHERE s.world = r.world AND s.registration_id = r.id AND s.state = 'voiding')
         OR EXISTS (SELECT 1 FROM notifications n
                    WHERE n.world = r.world AND n.registration_id = r.id AND n.state = 'pending'))`,
    );
  }

  appendHistory(registration: Registration, entry: HistoryEntry): void {
    this.#run(
      `INSERT INTO history (world, registration_id, number, document) VALUES (?1, ?2,
         (SELECT COUNT(*) FROM history WHERE world = ?1 AND registration_id = ?2), ?3)`,
      registration.world, registration.id, JSON.stringify(entry),
    );
  }

  history(registration: Registration): HistoryEntry[] {
    return this.#all(
      "SELECT document FROM history WHERE world = ? AND registration_id = ? ORDER BY number",
      registration.world, registration.id,
    );
  }

  saveSignUp(signUp: SignUp): void {
    this.#run(
      `INSERT INTO sign_ups (world, reference, registration_id, em_cert_id, state, document) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET state = excluded.state, document = excluded.document`,
      signUp.world, signUp.reference, signUp.registrationId, signUp.emCertID, signUp.state, JSON.stringify(signUp),
    );
  }

  signUp(world: string, reference: string): SignUp | null {
    return this.#one("SELECT document FROM sign_ups WHERE world = ? AND reference = ?", world, reference);
  }

  latestSignUp(registration: Registration): SignUp | null {
    return this.#one(
      "SELECT document FROM sign_ups WHERE world = ? AND registration_id = ? ORDER BY rowid DESC LIMIT 1",
      registration.world, registration.id,
    );
  }

  openSignUpsOfPhone(world: string, emCertID: string): SignUp[] {
    return this.#all(
      "SELECT document FROM sign_ups WHERE world = ? AND em_cert_id = ? AND state = 'issued' ORDER BY rowid DESC",
      world, emCertID,
    );
  }

  signUpsToVoid(registration: Registration): SignUp[] {
    return this.#all(
      "SELECT document FROM sign_ups WHERE world = ? AND registration_id = ? AND state = 'voiding'",
      registration.world, registration.id,
    );
  }

  saveNotification(notification: Notification): void {
    const { world, key, registrationId, state } = notification;
    this.#run(
      `INSERT INTO notifications (world, key, registration_id, state, document) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET state = excluded.state, document = excluded.document`,
      world, key, registrationId, state, JSON.stringify(notification),
    );
  }

  notification(world: string, key: string): Notification | null {
    return this.#one("SELECT document FROM notifications WHERE world = ? AND key = ?", world, key);
  }

  pendingNotifications(registration: Registration): Notification[] {
    return this.#all(
      "SELECT document FROM notifications WHERE world = ? AND registration_id = ? AND state = 'pending' ORDER BY rowid",
      registration.world, registration.id,
    );
  }

  saveAnswer(world: string, scope: string, key: string, answer: StoredAnswer): void {
    this.#run(
      `INSERT OR REPLACE INTO answers (world, scope, key, body_hash, status, headers, body)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
      world, scope, key, answer.bodyHash, answer.status, answer.headers, answer.body,
    );
  }

  answer(world: string, scope: string, key: string): StoredAnswer | null {
    const row = this.#db
      .prepare(
        "SELECT body_hash AS bodyHash, status, headers, body FROM answers WHERE world = ? AND scope = ? AND key = ?",
      )
      .get(world, scope, key);
    return (row as StoredAnswer | undefined) ?? null;
  }

  /** Wait until a registration changes, or the time is over. */
  waitForChange(registration: Registration, timeoutMs: number): Promise<void> {
    const name = `${registration.world}/${registration.id}`;
    return new Promise((resolve) => {
      const finish = (): void => {
        clearTimeout(timer);
        this.#changes.off(name, finish);
        resolve();
      };
      const timer = setTimeout(finish, timeoutMs);
      this.#changes.once(name, finish);
    });
  }

  close(): void {
    this.#db.close();
  }

  #run(sql: string, ...values: (string | number | null)[]): void {
    this.#db.prepare(sql).run(...values);
  }

  #one<T>(sql: string, ...values: (string | number)[]): T | null {
    const row = this.#db.prepare(sql).get(...values) as Row | undefined;
    return row ? (JSON.parse(row.document) as T) : null;
  }

  #all<T>(sql: string, ...values: (string | number)[]): T[] {
    return (this.#db.prepare(sql).all(...values) as Row[]).map((row) => JSON.parse(row.document) as T);
  }
}
