/** Child processes of the supervisor: each with its own permissions, started again when it dies. */

import { fileURLToPath } from "node:url";
import { elapsed, pause } from "../db/clock.ts";
import { childEnvironment } from "../db/config.ts";
import { logger } from "../db/log.ts";
import { permissionEnvironment, permissionFlags, type Role } from "../db/permissions.ts";
import { type Orders, sendOrders } from "./orders.ts";

/** A child that is kept alive until it is told to stop. */
export interface Keeper {
  name: string;
  /** Process number of the running child, if there is one. */
  pid(): number | undefined;
  /** Ends the child, by force after the grace time, and does not start it again. */
  stop(graceMs: number): Promise<void>;
}

const log = logger("app", "start");
const main = fileURLToPath(new URL("../main.ts", import.meta.url));
const firstDelayMs = 200;
const longestDelayMs = 30_000;
const stableMs = 60_000;

/** Starts a child of a role and keeps it alive. */
export function keep(role: Role, orders: Orders): Keeper {
  let child: Deno.ChildProcess | undefined;
  const stopped = Promise.withResolvers<void>();
  let stopping = false;
  const life = (async () => {
    for (let failures = 0; !stopping; failures++) {
      const from = elapsed();
      child = spawn(role, orders);
      const { code, signal } = await child.status;
      child = undefined;
      if (stopping) return;
      if (elapsed() - from > stableMs) failures = 0;
      const delayMs = delayAfter(failures);
      log.warn("process ended and is started again", {
        kind: orders.name,
        exitCode: code,
        signal: signal ?? undefined,
        delayMs,
      });
      await Promise.race([pause(delayMs), stopped.promise]);
    }
  })();
  return {
    name: orders.name,
    pid: () => child?.pid,
    async stop(graceMs) {
      stopping = true;
      stopped.resolve();
      kill(child, "SIGTERM");
      const force = setTimeout(() => kill(child, "SIGKILL"), graceMs);
      await life;
      clearTimeout(force);
    },
  };
}

/** Milliseconds before the next start: doubled each time, with chance, so that children spread. */
export function delayAfter(failures: number, chance = Math.random()): number {
  const full = Math.min(longestDelayMs, firstDelayMs * 2 ** failures);
  return Math.round(full * (0.5 + chance / 2));
}

function spawn(role: Role, orders: Orders): Deno.ChildProcess {
  const { config, appUrl } = orders;
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", ...permissionFlags(role, config, appUrl), main, role],
    clearEnv: true,
    // What a crash says is logged: without colours.
    env: { ...childEnvironment(), ...permissionEnvironment(role), NO_COLOR: "1" },
    stdin: "piped",
    stdout: "inherit",
    stderr: "piped",
    // A Ctrl-C in the terminal is for the supervisor alone, which then stops its children in order.
    detached: true,
  }).spawn();
  sendOrders(child, role, orders);
  forward(child, orders.name);
  return child;
}

/** Children log by themselves; what else they say (a crash of the runtime) is logged redacted. */
async function forward(child: Deno.ChildProcess, name: string): Promise<void> {
  const log = logger("app", name);
  let rest = "";
  for await (const text of child.stderr.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) if (line.trim()) log.warn(line);
  }
}

function kill(child: Deno.ChildProcess | undefined, signal: Deno.Signal): void {
  try {
    child?.kill(signal);
  } catch {
    // It has just gone by itself.
  }
}
