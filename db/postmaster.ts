/** The life of the embedded PostgreSQL's processes: start, settings, shutdown, clean-up. */

import { statfsSync } from "node:fs";
import { join } from "node:path";
import { EmbeddedError, type Runner, spawn } from "./embedded_cluster.ts";
import { pause } from "./clock.ts";
import { logger, redact } from "./log.ts";
import { usableMemory } from "./memory_limits.ts";

/** PostgreSQL's own settings by name. */
type Settings = Record<string, string | number>;

/** A postmaster that accepts connections. */
export interface Server {
  pid: number;
  exited: Promise<unknown>;
  /** Its last words on something it could not do; empty if there were none. */
  fault(): string;
  stop(): Promise<void>;
}

const startTries = 8;
/** Shared memory below this many bytes is a container's default. */
const leastShared = 256 * 1024 ** 2;
/** Larger than any process id, so no process has it. */
const unusedPid = 2 ** 31 - 2;
const log = logger("app", "database");

/**
 * Runs the postmaster under a small shell that stops it when our end of the pipe closes, so that
 * even a kill -9 of this process leaves no orphaned database running. `portOf` is called before
 * each attempt: another process may have taken the last port.
 */
export async function launch(
  runner: Runner,
  portOf: () => number,
  settings: Settings,
): Promise<Server> {
  let cause = "";
  for (let attempt = 1; attempt <= startTries; attempt++) {
    const child = spawn(runner, [
      "/bin/sh",
      "-c",
      guard,
      "sh",
      ...command(runner, portOf(), settings),
    ]);
    const exited = child.status;
    const ready = Promise.withResolvers<void>();
    const listen = readLines(child.stderr, (line) => {
      if (/is ready to accept (read-only )?connections/.test(line)) {
        cause = "";
        ready.resolve();
      } else if (/FATAL|PANIC|could not/.test(line)) cause = line;
      say(line);
    });
    readLines(child.stdout, say);
    const up = await Promise.race([ready.promise.then(() => true), exited.then(() => false)]);
    if (up) {
      const pid = Number((await postmasterLines(runner.folder))[0]);
      const ended = Promise.all([exited, listen]);
      return { pid, exited: ended, fault: () => redact(cause), stop: () => end(child, pid, ended) };
    }
    await listen;
    // Backends of a killed postmaster need a moment to notice and exit.
    await pause(250 * attempt);
  }
  throw new EmbeddedError(
    `The embedded PostgreSQL does not start: ${redact(cause) || "see its log"}`,
  );
}

const guard = `exec 3<&0
"$@" </dev/null 3<&- & server=$!
{ read -r line <&3; kill -INT $server; } 2>/dev/null & guard=$!
wait $server; code=$?
kill $guard 2>/dev/null
exit $code`;

/** PostgreSQL's settings: for one small machine, and without row values in its log. */
function command(runner: Runner, port: number, over: Settings): string[] {
  const megabytes = Math.floor(usableMemory() / 1024 ** 2);
  const share = (part: number, least: number, most: number) =>
    `${Math.round(Math.min(most, Math.max(least, megabytes * part)))}MB`;
  const settings = {
    listen_addresses: "127.0.0.1",
    port,
    unix_socket_directories: "",
    cluster_name: "kompaktcrm",
    max_connections: 100,
    shared_buffers: share(0.2, 128, 1024),
    effective_cache_size: share(0.5, 256, 8192),
    work_mem: "16MB",
    maintenance_work_mem: share(0.05, 64, 512),
    max_wal_size: "2GB",
    // A recycled segment keeps the bytes of erased rows until it is overwritten.
    wal_recycle: "off",
    random_page_cost: 1.1,
    jit: "off",
    ...sharedMemory(),
    timezone: "UTC",
    log_timezone: "UTC",
    log_destination: "stderr",
    log_line_prefix: "",
    log_error_verbosity: "terse",
    log_min_error_statement: "panic",
    log_parameter_max_length: 0,
    log_parameter_max_length_on_error: 0,
    log_checkpoints: "off",
    ...over,
  };
  return [
    join(runner.bin, "postgres"),
    "-D",
    runner.pgdata,
    ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]),
  ];
}

/**
 * Containers get 64 MB of shared memory by default: a report for a large tenant would need more and
 * fail. In that case files in the data folder are used instead.
 */
export function sharedMemory(folder = "/dev/shm"): Settings {
  try {
    const { blocks, bsize } = statfsSync(folder);
    return blocks * bsize < leastShared ? { dynamic_shared_memory_type: "mmap" } : {};
  } catch {
    // A system without such a folder uses other means.
    return {};
  }
}

/** A fast shutdown; a process still running after 20 seconds is killed, which is safe too. */
async function end(child: Deno.ChildProcess, pid: number, exited: Promise<unknown>): Promise<void> {
  await child.stdin.close().catch(() => {});
  if (await within(20_000, exited)) return;
  signal(pid, "SIGQUIT");
  await within(5_000, exited);
}

/**
 * Stops a postmaster that a killed process left running in this folder. If the pid file names a
 * process id that now belongs to another process, it is replaced, as PostgreSQL would refuse to
 * start.
 */
export async function stopOrphan(folder: string): Promise<void> {
  const pid = Number((await postmasterLines(folder))[0]);
  if (!pid) return;
  for (const [name, seconds] of [["SIGINT", 10], ["SIGQUIT", 5], ["SIGKILL", 2]] as const) {
    for (let tries = 0; tries < seconds * 20 && await isPostmasterOf(pid, folder); tries++) {
      if (tries === 0) signal(pid, name);
      await pause(50);
    }
  }
  const [, ...rest] = await postmasterLines(folder);
  if (rest.length === 0) return;
  await Deno.writeTextFile(join(folder, "postmaster.pid"), [unusedPid, ...rest].join("\n"));
}

async function isPostmasterOf(pid: number, folder: string): Promise<boolean> {
  if (Deno.build.os === "linux") {
    const name = await Deno.readTextFile(`/proc/${pid}/comm`).catch(() => "");
    const at = await Deno.readLink(`/proc/${pid}/cwd`).catch(() => "");
    return name.trim() === "postgres" && at === await Deno.realPath(folder);
  }
  const ps = await new Deno.Command("ps", { args: ["-o", "command=", "-p", String(pid)] }).output();
  return new TextDecoder().decode(ps.stdout).includes(` -D ${folder} `);
}

function signal(pid: number, name: Deno.Signal): void {
  try {
    Deno.kill(pid, name);
  } catch {
    // It has exited by itself.
  }
}

/** The lines of the pid file: 1 process, 4 port, 8 state; none if PostgreSQL is not running. */
export async function postmasterLines(folder: string): Promise<string[]> {
  return await Deno.readTextFile(join(folder, "postmaster.pid")).then(
    (text) => text.split("\n"),
    () => [],
  );
}

const say = (line: string) => {
  if (/\b(WARNING|ERROR|FATAL|PANIC):/.test(line)) log.warn(`PostgreSQL: ${line}`);
  else if (line.trim()) log.debug(`PostgreSQL: ${line}`);
};

async function readLines(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  take: (line: string) => void,
): Promise<void> {
  let rest = "";
  for await (const text of stream.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    lines.forEach(take);
  }
  if (rest) take(rest);
}

async function within(milliseconds: number, done: Promise<unknown>): Promise<boolean> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), milliseconds);
  });
  const result = await Promise.race([done.then(() => true), late]);
  clearTimeout(timer);
  return result;
}
