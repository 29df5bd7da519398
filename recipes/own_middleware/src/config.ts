/** Settings, all from the environment; a missing credential stops the start, not the first call. */

export type SignUpCompletion = "push" | "poll" | "both";

export interface Config {
  readonly port: number;
  readonly host: string;
  readonly databaseFile: string;
  readonly urls: {
    readonly cymmetri: string;
    readonly authService: string;
    readonly tsg: string;
    readonly mailroom: string;
  };
  readonly tsgApiKey: string;
  readonly tsgPushSecret: string;
  readonly authServiceApiKey: string;
  readonly tenant: string;
  readonly serviceId: string;
  readonly signUp: {
    readonly length: number;
    readonly charset: "NUMERIC" | "ALPHANUMERIC";
    readonly lifetimeSeconds: number;
    readonly completion: SignUpCompletion;
  };
  readonly maxDevices: number;
  readonly upstreamTimeoutMs: number;
}

export class ConfigError extends Error {}

export function readConfig(env: NodeJS.ProcessEnv): Config {
  const required = (name: string): string => {
    const value = env[name]?.trim();
    if (!value) throw new ConfigError(`${name} is not set`);
    return value;
  };
  const number = (name: string, fallback: number): number => {
    const value = Number(env[name] ?? fallback);
    if (!Number.isInteger(value) || value < 0) throw new ConfigError(`${name} has to be a whole number`);
    return value;
  };
  const oneOf = <T extends string>(name: string, allowed: readonly [T, ...T[]]): T => {
    const value = env[name] ?? allowed[0];
    const found = allowed.find((each) => each === value);
    if (found === undefined) throw new ConfigError(`${name} has to be one of ${allowed.join(", ")}`);
    return found;
  };
  const url = (name: string): string => required(name).replace(/\/+$/, "");
  return {
    port: number("PORT", 9900),
    host: env["HOST"] ?? "127.0.0.1",
    databaseFile: env["DATABASE_FILE"] ?? "middleware.sqlite",
    urls: {
      cymmetri: url("SANDBOX_CYMMETRI_URL"),
      authService: url("SANDBOX_AUTH_SERVICE_URL"),
      tsg: url("SANDBOX_TSG_URL"),
      mailroom: url("SANDBOX_MAILROOM_URL"),
    },
    tsgApiKey: required("SANDBOX_TSG_API_KEY"),
    tsgPushSecret: required("SANDBOX_TSG_PUSH_SECRET"),
    authServiceApiKey: required("SANDBOX_AUTH_SERVICE_API_KEY"),
    tenant: env["TENANT"] ?? "bank",
    serviceId: env["SERVICE_ID"] ?? "registration-sandbox",
    signUp: {
      length: number("SIGN_UP_CODE_LENGTH", 8),
      charset: oneOf("SIGN_UP_CODE_CHARSET", ["NUMERIC", "ALPHANUMERIC"]),
      lifetimeSeconds: number("SIGN_UP_CODE_LIFETIME_SECONDS", 600),
      completion: oneOf("SIGN_UP_COMPLETION", ["push", "poll", "both"]),
    },
    maxDevices: number("MAX_DEVICES", 5),
    upstreamTimeoutMs: number("UPSTREAM_TIMEOUT_MS", 4000),
  };
}
