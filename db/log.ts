/**
 * Log lines without personal data, limited to a closed list of fields: JSON in `DATA_DIR/logs`, and
 * short lines on the terminal without ids of persons or records, because the system journal does
 * not follow our retention periods.
 */

import { join } from "node:path";
import { now } from "./clock.ts";
import { writeInstant } from "./instants.ts";
import { append, appendNow } from "./log_writers.ts";

/** What a line of the application log may contain besides its event and error. */
export interface Fields {
  method?: string;
  route?: string;
  status?: number;
  ms?: number;
  requestId?: string;
  userId?: string;
  identityId?: string;
  tenantId?: string;
  job?: string;
  jobId?: string;
  attempt?: number;
  recordId?: string;
  kind?: string;
  clause?: string;
  count?: number;
  rows?: number;
  bytes?: number;
  migration?: string;
  version?: string;
  address?: string;
  port?: number;
  pid?: number;
  exitCode?: number;
  signal?: string;
  delayMs?: number;
  code?: string;
}

/** One answered request. `route` is the pattern or the path, never with a query. */
export interface Access {
  method: string;
  route: string;
  status: number;
  ms: number;
  ip?: string;
  requestId?: string;
  userId?: string;
  tenantId?: string;
}

/** A process's log without IP addresses. Events are fixed words, never text from a user. */
export interface AppLog {
  /** Written to the file only. */
  debug(event: string, fields?: Fields): void;
  info(event: string, fields?: Fields): void;
  warn(event: string, fields?: Fields): void;
  error(event: string, error?: unknown, fields?: Fields): void;
}

/** A process's access log, the only log that contains IP addresses. */
export interface AccessLog {
  request(entry: Access): void;
}

const appFields = new Set<string>(
  [
    ["method", "route", "status", "ms", "requestId", "userId", "tenantId", "job", "jobId"],
    [
      "identityId",
      "attempt",
      "recordId",
      "kind",
      "clause",
      "count",
      "rows",
      "bytes",
      "migration",
      "version",
    ],
    ["address", "port", "pid", "exitCode", "signal", "delayMs", "code"],
  ].flat(),
);
const accessFields = new Set(
  ["method", "route", "status", "ms", "ip", "requestId", "userId", "tenantId"],
);
/** Fields that identify a person, a tenant or a record: written to the files only. */
const identifying = new Set<string>(
  ["requestId", "userId", "identityId", "tenantId", "jobId", "recordId"],
);
/** A request may use any word as its method, so only these are logged. */
const methods = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);
const flushMs = 200;
const retryMs = 2000;

/** Stack frames name files relative to this folder. */
const root = new URL("..", import.meta.url).href;

/** Each class has its own files and its own retention period: see `db/log_files.ts`. */
export const classes = ["access", "app", "audit", "jobs", "mail"] as const;
export type LogClass = typeof classes[number];

let folder: string | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;
let writing: Promise<void> = Promise.resolve();
/** Lines by stream that have not been written to their file yet. */
const pending = new Map<LogClass, string>();
let dropped = 0;
let terminal = "";

/**
 * Sets where the files are written. Until then lines go to standard error only, so that a command's
 * output is not mixed with them. Flushes when the process ends.
 */
export function openLogs(dataDir: string): void {
  folder = join(dataDir, "logs");
  Deno.mkdirSync(folder, { recursive: true, mode: 0o700 });
  globalThis.addEventListener("unload", flushNow);
}

/**
 * The log of a class for a process (`web 1`, `jobs`, `start`): `app` for what the program says
 * about itself, `audit` for who did what, `jobs` and `mail` for what became of jobs and mails.
 */
export function logger(stream: Exclude<LogClass, "access">, process: string): AppLog;
export function logger(stream: "access", process: string): AccessLog;
export function logger(stream: LogClass, process: string): AppLog | AccessLog {
  if (stream === "access") {
    return {
      request(entry) {
        const allowed = pick(entry, accessFields);
        const { method, route, status, ms } = allowed;
        write(
          "access",
          { process, ...allowed },
          `${process} ${method} ${route} ${status} ${ms} ms`,
        );
      },
    };
  }
  const say = (level: string) => (event: string, fields: Fields = {}, error?: unknown) => {
    const entry = { level, process, event: redact(event), ...pick(fields, appFields) };
    const fault = error === undefined ? undefined : describe(error);
    const details = Object.entries(pick(fields, appFields))
      .filter(([key]) => !identifying.has(key))
      .map(([key, value]) => `${key}=${value}`);
    const cause = fault && [fault.name, fault.code, fault.message].filter(Boolean).join(" ");
    const readable = [process, level === "info" ? "" : level, entry.event, ...details, cause];
    const shown = level === "debug" ? "" : readable.filter(Boolean).join(" ");
    write(stream, fault ? { ...entry, error: fault } : entry, shown);
  };
  return {
    debug: say("debug"),
    info: say("info"),
    warn: say("warn"),
    error: (event, error, fields) => say("error")(event, fields, error),
  };
}

/** Waits until all lines so far have been written to their files. */
export async function flushLogs(): Promise<void> {
  clearTimeout(timer);
  timer = undefined;
  writing = writing.then(flush);
  await writing;
}

/** Text that contains nothing to redact: most of a request's line consists of it. */
const plain = /^[\w./:{}[\]-]{0,300}$/;

/** A text as one line, with e-mail addresses, quoted values and bound keys removed. */
export function redact(text: string): string {
  if (plain.test(text)) return text;
  return text
    // A package's folder also contains an @ but is not an e-mail address.
    .replace(/(?<![^\s(])[^\s(]*\/node_modules\/\.deno\/[^\s/]+\/node_modules\//g, "npm:")
    // deno-lint-ignore no-control-regex -- line ends and escape codes would forge other lines
    .replace(/[\u0000-\u001f\u007f\u0085\u2028\u2029]+/g, " ")
    .replace(/(?<![^\s"'<>=(),:;])[^\s"'<>=(),:;]+@[^\s"'<>(),:;]+/g, "[e-mail]")
    .replace(/(?<!\w)(\w+:\/\/)[^\s/@]*@/g, "$1")
    .replace(/=\((?:[^()]|\([^()]*\))*\)/g, "=([…])")
    .replace(/"(?:[^"\\]|\\.)*"|„[^“”]*(?:[“”]|$)|»[^«]*(?:«|$)|`[^`]*`/g, '"…"')
    .replace(/(^|[\s(=:,])'(?:[^'\\]|\\.|'')*'/g, "$1'…'")
    .slice(0, 2000);
}

/**
 * What a log may say about an error: its class and code, where in the code it arose, and its
 * message only if the runtime or PostgreSQL wrote it; other messages may quote what a user typed.
 */
export function describe(error: unknown) {
  if (!(error instanceof Error)) return { name: typeof error };
  const { code, constraint_name, table_name } = error as Error & Record<string, unknown>;
  const spoken = /^(TypeError|ReferenceError|RangeError|PostgresError|error)$/.test(error.name) ||
    Object.hasOwn(Deno.errors, error.name);
  const frames = error.stack?.split("\n").filter((line) => /^\s+at /.test(line)).slice(0, 12);
  return {
    name: redact(error.name),
    code: typeof code === "string" || typeof code === "number" ? redact(String(code)) : undefined,
    constraint: typeof constraint_name === "string" ? redact(constraint_name) : undefined,
    table: typeof table_name === "string" ? redact(table_name) : undefined,
    message: spoken ? redact(error.message) : undefined,
    stack: frames?.map((line) => line.trim().replaceAll(root, "")),
  };
}

function pick(fields: object, allowed: Set<string>): Record<string, string | number> {
  const kept: Record<string, string | number> = {};
  for (const [key, value] of Object.entries(fields)) {
    if (!allowed.has(key)) continue;
    if (key === "method") kept[key] = methods.has(value) ? value : "other";
    else if (typeof value === "number") kept[key] = Math.round(value * 10) / 10;
    else if (typeof value === "string") {
      kept[key] = redact(key === "route" ? value.split(/[?#]/, 1)[0]! : value).slice(0, 300);
    }
  }
  return kept;
}

/** Maximum bytes held while the disk is full; further lines are only counted. */
const mostPending = 4 * 1024 * 1024;

function write(stream: LogClass, entry: object, readable: string): void {
  const time = writeInstant(now());
  if (folder) keep(stream, `${JSON.stringify({ time, ...entry })}\n`);
  if (readable) terminal += `${time.slice(11, 19)} ${readable}\n`;
  if (folder) timer ??= setTimeout(flushLogs, flushMs);
  else flushNow();
}

function keep(stream: LogClass, line: string): void {
  const waiting = pending.get(stream) ?? "";
  if (waiting.length > mostPending) dropped++;
  else pending.set(stream, waiting + line);
}

/** Writes whole lines at once, so that processes sharing a file never mix their lines. */
async function flush(): Promise<void> {
  const [lines, batch] = [terminal, [...pending]];
  terminal = "";
  pending.clear();
  const encoder = new TextEncoder();
  try {
    for (let rest = encoder.encode(lines); rest.length > 0;) {
      rest = rest.subarray(await Deno.stdout.write(rest));
    }
  } catch {
    // A closed terminal must not stop the service.
  }
  for (const [stream, text] of batch) {
    try {
      await append(folder!, stream, text);
    } catch {
      // Nor must a full disk: these lines are put back in front of those added since.
      pending.set(stream, text + (pending.get(stream) ?? ""));
      timer ??= setTimeout(flushLogs, retryMs);
    }
  }
  if (dropped > 0 && pending.size === 0) {
    const count = dropped;
    dropped = 0;
    logger("app", "log").warn("log lines were lost, the disk was full", { count });
  }
}

function flushNow(): void {
  try {
    for (const [stream, text] of pending) appendNow(folder!, stream, text);
    pending.clear();
    (folder ? Deno.stdout : Deno.stderr).writeSync(new TextEncoder().encode(terminal));
    terminal = "";
  } catch {
    // Nobody is left to be told.
  }
}
