/**
 * Child processes of the supervisor, each with its own permissions, restarted when they die or
 * hang.
 */

import { fileURLToPath } from "node:url";
import { elapsed, pause } from "../db/clock.ts";
import { childEnvironment } from "../db/config.ts";
import { logger } from "../db/log.ts";
import { meterMark } from "../db/meters.ts";
import { permissionEnvironment, permissionFlags, type Role } from "../db/permissions.ts";
import { forgetMeters, noteMeters } from "./metrics.ts";
import { type Orders, sendOrders } from "./orders.ts";
import { follow, pulseMark } from "./pulses.ts";

/** A child process that is kept alive until it is stopped. */
export interface Keeper {
  name: string;
  role: Role;
  /** The process id of the running child, if there is one. */
  pid(): number | undefined;
  /** How often a child ended without being asked to. */
  ends(): number;
  /** Replaces the child by one with other orders; the old one gets the grace time to finish. */
  renew(orders: Orders, graceMs: number): Promise<void>;
  /** Ends the child, by force after the grace time, and does not restart it. */
  stop(graceMs: number): Promise<void>;
}

/** How a child of a role replaces its predecessor. */
export interface Place {
  /** Adapts the orders to one child, where each needs its own. */
  prepare(orders: Orders): Orders;
  /** Waits until a started child is ready, and switches over to it. */
  handOver(orders: Orders): Promise<void>;
}

const log = logger("app", "start");
/** The file that a process of this role starts with. */
const entry = (role: Role) => fileURLToPath(new URL(`./starts/${role}.ts`, import.meta.url));
/** For `heaps.ts`; and threads that collect together would only compete for the cores. */
const memoryFlags = "--v8-flags=--no-parallel-scavenge,--expose-gc";
/**
 * The young generation in megabytes. What requests leave behind is collected the more cheaply the
 * more of it there is; files would only make the process larger.
 */
const youngMegabytes: Record<Role, number> = { web: 16, jobs: 4, inbound: 4, egress: 4 };
/** How much the heap may grow before it is collected: V8 would let large files double it. */
const growthFlags: Partial<Record<Role, string>> = {
  jobs: ",--heap-growing-percent=30",
  web: ",--heap-growing-percent=50",
};
/** For the C library: return memory freed by the start at once, and use a single arena. */
const memoryEnvironment = { MALLOC_ARENA_MAX: "1", MALLOC_TRIM_THRESHOLD_: "131072" };
const firstDelayMs = 200;
const longestDelayMs = 30_000;
const stableMs = 60_000;

/**
 * Compiles what the children load, if still necessary: once for all of them, in a process that
 * ends, as each child would otherwise keep the memory of its compiler. A failure here is left to
 * the children, which report it in more detail.
 */
export async function compile(): Promise<void> {
  const roles: Role[] = ["web", "jobs", "egress", "inbound"];
  await new Deno.Command(Deno.execPath(), {
    args: ["cache", "--quiet", "--no-remote", ...roles.map(entry)],
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).output();
}

/**
 * Starts a child of a role and keeps it alive. With a `place` the successor starts before its
 * predecessor ends, otherwise after it: two job processes would share work already begun.
 */
export const keep = (role: Role, first: Orders, place?: Place): Keeper =>
  new Kept(role, first, place);

class Kept implements Keeper {
  readonly name: string;
  #child: Deno.ChildProcess | undefined;
  #stopped = new AbortController();
  #renewing = false;
  #ends = 0;
  #orders: Orders;
  #place: Place | undefined;
  #life: Promise<void>;

  constructor(readonly role: Role, orders: Orders, place?: Place) {
    this.name = orders.name;
    this.#orders = orders;
    this.#place = place;
    this.#life = this.#live();
  }

  pid = (): number | undefined => this.#child?.pid;
  ends = (): number => this.#ends;

  async renew(orders: Orders, graceMs: number): Promise<void> {
    this.#orders = orders;
    const old = this.#child;
    if (!old || this.#stopping) return;
    if (this.#place) await this.#succeed(old, this.#place, graceMs);
    else await this.#exchange(old, graceMs);
  }

  async stop(graceMs: number): Promise<void> {
    this.#stopped.abort();
    if (this.#child) await end(this.#child, graceMs);
    await this.#life;
  }

  get #stopping(): boolean {
    return this.#stopped.signal.aborted;
  }

  /** Starts the child again whenever it ends, each time after a longer rest. */
  async #live(): Promise<void> {
    for (let failures = 0; !this.#stopping; failures++) {
      const from = elapsed();
      const running = this.#child ??= this.#begin();
      const { code, signal } = running ? await running.status : { code: null, signal: null };
      if (this.#stopping) return;
      const replaced = running !== undefined && this.#child !== running;
      if (!replaced) this.#child = undefined;
      if (replaced || this.#renewing && running) {
        failures = -1;
        continue;
      }
      if (elapsed() - from > stableMs) failures = 0;
      this.#ends++;
      const delayMs = delayAfter(failures);
      log.warn("process ended and is started again", {
        kind: this.name,
        exitCode: code ?? undefined,
        signal: signal ?? undefined,
        delayMs,
      });
      await pause(delayMs, this.#stopped.signal);
    }
  }

  /** Undefined if the system has no room for a process just now: an ended one counts the same. */
  #begin(): Deno.ChildProcess | undefined {
    try {
      const own = this.#place?.prepare(this.#orders) ?? this.#orders;
      const started = spawn(this.role, own);
      this.#place?.handOver(own).catch((error) => {
        log.error("a process did not take its place", error, { kind: this.name });
        kill(started, "SIGKILL");
      });
      return started;
    } catch (error) {
      log.error("a process could not be started", error, { kind: this.name });
    }
  }

  /** Ends the old child once its successor has taken its place; throws if it does not. */
  async #succeed(old: Deno.ChildProcess, place: Place, graceMs: number): Promise<void> {
    const own = place.prepare(this.#orders);
    const started = spawn(this.role, own);
    try {
      await place.handOver(own);
    } catch (error) {
      await end(started, 0);
      throw error;
    }
    if (this.#stopping || this.#child !== old) return await end(started, 0);
    this.#child = started;
    await end(old, graceMs);
  }

  /** Ends the old child and waits until it has been started again. */
  async #exchange(old: Deno.ChildProcess, graceMs: number): Promise<void> {
    this.#renewing = true;
    await end(old, graceMs);
    while (!this.#stopping && (this.#child === undefined || this.#child === old)) await pause(5);
    this.#renewing = false;
  }
}

/** Milliseconds before the next start: doubled each time, randomised so that children spread. */
function delayAfter(failures: number, chance = Math.random()): number {
  const full = Math.min(longestDelayMs, firstDelayMs * 2 ** failures);
  return Math.round(full * (0.5 + chance / 2));
}

function spawn(role: Role, orders: Orders): Deno.ChildProcess {
  const { config, appUrl, reach } = orders;
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--quiet",
      `${memoryFlags},--max-semi-space-size=${youngMegabytes[role]}${growthFlags[role] ?? ""}`,
      ...permissionFlags(role, config, appUrl, reach),
      entry(role),
    ],
    clearEnv: true,
    // Crash output is logged, so it should have no colours.
    env: {
      ...childEnvironment(),
      ...permissionEnvironment(role),
      ...memoryEnvironment,
      NO_COLOR: "1",
    },
    stdin: "piped",
    stdout: "inherit",
    stderr: "piped",
    // Ctrl-C in the terminal must reach only the supervisor, which then stops its children in
    // order.
    detached: true,
  }).spawn();
  sendOrders(child, role, orders);
  const pulse = follow(() => {
    log.error("a process stands still and is ended", undefined, { kind: orders.name });
    kill(child, "SIGKILL");
  });
  child.status.then(pulse.end);
  forward(child, orders.name, pulse.heard);
  return child;
}

/** Children write their own logs; other output, such as a runtime crash, is logged redacted. */
async function forward(
  child: Deno.ChildProcess,
  name: string,
  heard: () => void,
): Promise<void> {
  const log = logger("app", name);
  let rest = "";
  let meters: ReturnType<typeof noteMeters> = null;
  for await (const text of child.stderr.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      if (line === pulseMark) heard();
      else if (line.startsWith(meterMark)) {
        meters = noteMeters(name, line.slice(meterMark.length)) ?? meters;
      } else if (line.trim()) log.warn(line);
    }
  }
  forgetMeters(name, meters);
}

/** Asks a child to end, and ends it by force after the grace time. */
async function end(child: Deno.ChildProcess, graceMs: number): Promise<void> {
  kill(child, "SIGTERM");
  const force = setTimeout(() => kill(child, "SIGKILL"), graceMs);
  await child.status;
  clearTimeout(force);
}

function kill(child: Deno.ChildProcess, signal: Deno.Signal): void {
  try {
    child.kill(signal);
  } catch {
    // It has just ended by itself.
  }
}
