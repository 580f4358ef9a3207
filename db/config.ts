/** What the operator can set by environment variables: read and validated once, then passed on. */

import { resolve } from "node:path";
import { rememberEarlier } from "./secret_chain.ts";
import { keptSecret } from "./kept_secrets.ts";
import { keptName, read as readEarlier, WrongSecret } from "./secret_files.ts";
import { wayFaults } from "./database_urls.ts";
import { isWeak } from "./key_texts.ts";
import { type Metrics, metricsOf } from "./metric_settings.ts";
import { type Inbound, inboundFaults, inboundOf } from "./inbound_settings.ts";
import { type Scanner, scannerAt } from "./scanner_settings.ts";
import { type Name, type Output, type Texts, variables } from "./setting_shapes.ts";
import type { Storage } from "./storage.ts";

/** The settings of one installation. */
export interface Config {
  readonly appEnv: "development" | "production";
  readonly port: number;
  readonly host: string;
  /** The public address, without a trailing slash. */
  readonly baseUrl: string;
  /** An absolute path. */
  readonly dataDir: string;
  /** If unset, the embedded PostgreSQL in `dataDir` is used. */
  readonly databaseUrl?: string;
  /** The direct URL, set if `databaseUrl` points to a pooler. */
  readonly databaseDirectUrl?: string;
  /** A replica that answers reads; if unset, the one database answers everything. */
  readonly databaseReplicaUrl?: string;
  /** 32 bytes, base64-encoded. */
  readonly secretKey: string;
  /** The previous keys, oldest first; existing digests still need them. */
  readonly earlierSecrets: readonly string[];
  /** May be unset in development only: mail is then kept and shown at `/dev/mail`. */
  readonly smtpUrl?: string;
  readonly mailFrom: string;
  /** Where incoming mail is accepted; if unset, none is. */
  readonly inbound?: Inbound;
  /** The virus scanner for files; if unset, they are not scanned. */
  readonly clamavSocket?: Scanner;
  /** An ISO 8601 duration for `setOffset`. */
  readonly clockOffset?: string;
  readonly webProcesses: number;
  /** Where metrics are served; if unset, nowhere. */
  readonly metrics?: Metrics;
  /** Where files are stored, as detected at start; not a setting. */
  readonly storage?: Storage;
}

/** All errors in the settings, one sentence each, without any secret values. */
export class ConfigError extends Error {
  override name = "ConfigError";

  constructor(readonly faults: string[]) {
    super(faults.join("\n"));
  }
}

/**
 * Parses the settings from an environment. `readFile` reads the file a `NAME_FILE` names, `keptKey`
 * supplies the installation's own key if none is set. Throws ConfigError with all errors at once.
 */
export function parseConfig(
  env: Record<string, string>,
  readFile: (path: string) => string,
  keptKey: (dataDir: string) => string = () => "",
): Config {
  const faults: string[] = [];
  const texts = collect(env, readFile, faults);
  const read = <N extends Name>(name: N): Output<N> | undefined => {
    if (texts[name] === undefined) return undefined;
    const result = variables[name].safeParse(texts[name]);
    if (result.success) return result.data as Output<N>;
    faults.push(`${name} ${result.error.issues[0]?.message}`);
  };

  const port = read("PORT") ?? 8000;
  const baseUrl = read("BASE_URL") ?? `http://localhost:${port}`;
  const dataDir = resolve(read("DATA_DIR") ?? "data");
  const config = {
    appEnv: read("APP_ENV") ?? "development",
    port,
    host: read("HOST") ?? "127.0.0.1",
    baseUrl,
    dataDir,
    databaseUrl: read("DATABASE_URL"),
    databaseDirectUrl: read("DATABASE_DIRECT_URL"),
    databaseReplicaUrl: read("DATABASE_REPLICA_URL"),
    secretKey: read("SECRET_KEY") ?? "",
    earlierSecrets: [],
    smtpUrl: read("SMTP_URL"),
    clamavSocket: scannerAt(read("CLAMAV_SOCKET") ?? "") ?? undefined,
    inbound: inboundOf({
      at: read("INBOUND_SMTP"),
      domain: read("INBOUND_DOMAIN"),
      authserv: read("INBOUND_AUTHSERV"),
      cert: read("INBOUND_TLS_CERT"),
      key: read("INBOUND_TLS_KEY"),
    }),
    mailFrom: read("MAIL_FROM") ?? `kompaktCRM <crm@${new URL(baseUrl).hostname}>`,
    clockOffset: read("CLOCK_OFFSET"),
    metrics: metricsOf(read("METRICS_LISTEN"), read("METRICS_TOKEN"), faults),
    webProcesses: read("WEB_PROCESSES") ?? Math.min(navigator.hardwareConcurrency, 64),
  };
  if (env.OTEL_DENO && !isTracedHere(env)) {
    faults.push(
      "OTEL_EXPORTER_OTLP_ENDPOINT must be on this machine: traces contain search terms.",
    );
  }
  if (texts.DATABASE_DIRECT_URL && !texts.DATABASE_URL) {
    faults.push("DATABASE_DIRECT_URL needs DATABASE_URL, which then has to name the pooler.");
  }
  faults.push(...wayFaults(texts, readFile));
  faults.push(...inboundFaults(texts, texts.APP_ENV === "production"));
  if (texts.APP_ENV === "production") {
    const named = (name: Name) => Boolean(texts[name] ?? env[`${name}_FILE`]);
    faults.push(...refusedInProduction(texts, named));
  }
  if (faults.length > 0) throw new ConfigError(faults);
  return { ...config, secretKey: config.secretKey || keptKey(dataDir) };
}

/**
 * The settings of this process; nothing else in the project reads the environment. Prints all
 * errors and exits with 78 if there are any.
 */
export function readConfig(): Config {
  try {
    const config = parseConfig(Deno.env.toObject(), Deno.readTextFileSync, keptSecretKey);
    const earlierSecrets = (readEarlier(config.dataDir, config.secretKey) ?? [])
      .map(({ secret }) => secret);
    rememberEarlier(config.secretKey, earlierSecrets);
    return { ...config, earlierSecrets };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    console.error(["kompaktCRM cannot start with these settings:", ...error.faults].join("\n  "));
    Deno.exit(78);
  }
}

/** What a child process may see of the environment: paths, caches, time zone, tracing. */
export function childEnvironment(): Record<string, string> {
  const names = ["PATH", "HOME", "DENO_DIR", "XDG_CACHE_HOME", "TMPDIR", "LANG", "TZ", "NO_COLOR"];
  const traced = Object.keys(Deno.env.toObject()).filter((name) => name.startsWith("OTEL_"));
  const pairs = [...names, ...traced].map((name) => [name, Deno.env.get(name)] as const);
  return Object.fromEntries(pairs.filter((pair): pair is [string, string] => Boolean(pair[1])));
}

/** The value of each variable, set directly or read from its `NAME_FILE`; empty means unset. */
function collect(
  env: Record<string, string>,
  readFile: (path: string) => string,
  faults: string[],
): Texts {
  const texts: Texts = {};
  for (const name of Object.keys(variables) as Name[]) {
    const [text, file] = [env[name], env[`${name}_FILE`]];
    if (text && file) faults.push(`${name} and ${name}_FILE are both set: keep one of them.`);
    else if (text) texts[name] = text.trim();
    else if (file) {
      try {
        texts[name] = readFile(file).trim() || undefined;
        if (!texts[name]) faults.push(`${name}_FILE names an empty file.`);
      } catch {
        faults.push(`${name}_FILE names a file that cannot be read: ${file}`);
      }
    }
  }
  return texts;
}

/** `named` tells settings that are there, if only as a file with a fault already reported. */
function refusedInProduction(texts: Texts, named: (name: Name) => boolean): string[] {
  const faults: string[] = [];
  const base = URL.parse(texts.BASE_URL ?? "");
  const database = URL.parse(texts.DATABASE_URL ?? "");
  if (!named("SECRET_KEY")) faults.push("SECRET_KEY must be set in production.");
  else if (texts.SECRET_KEY && isWeak(texts.SECRET_KEY)) {
    faults.push("SECRET_KEY is too easy to guess: use 32 random bytes in base64.");
  }
  if (!named("SMTP_URL")) faults.push("SMTP_URL must be set in production.");
  if (!named("BASE_URL")) faults.push("BASE_URL must be set in production.");
  else if (base && (base.protocol !== "https:" || isLocal(base.hostname))) {
    faults.push("BASE_URL must be the public https address in production.");
  }
  if (database && !database.password && !isLocal(database.hostname)) {
    faults.push("DATABASE_URL must have a password in production.");
  } else if (database?.password && wellKnown(database).includes(database.password)) {
    faults.push("DATABASE_URL has a well-known password.");
  }
  if (!named("MAIL_FROM")) faults.push("MAIL_FROM must be set in production.");
  if (texts.CLOCK_OFFSET) faults.push("CLOCK_OFFSET must not be set in production.");
  return faults;
}

const isTracedHere = (env: Record<string, string>): boolean =>
  Object.entries(env).filter(([name]) => /^OTEL_EXPORTER_OTLP_.*ENDPOINT$/.test(name))
    .every(([, text]) => isLocal(URL.parse(text)?.hostname ?? ""));

const isLocal = (host: string) =>
  host === "localhost" || host.endsWith(".localhost") ||
  /^(127\.|0\.0\.0\.0$|\[::1?\]$|\[::ffff:7f)/.test(host);

const wellKnown = ({ username }: URL) => ["postgres", "password", "changeme", "secret", username];

/** The key in `DATA_DIR/keys`, created at the first call and linked into place as a whole. */
function keptSecretKey(dataDir: string): string {
  try {
    return keptSecret(dataDir, keptName);
  } catch (error) {
    if (error instanceof WrongSecret) throw new ConfigError([error.message]);
    throw new ConfigError([`DATA_DIR must be a folder that this user can write to: ${dataDir}`]);
  }
}
