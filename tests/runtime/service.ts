/** A whole kompaktCRM for one test: its own data folder and port, ended whatever happens. */

import { childEnvironment } from "../../db/config.ts";
import { elapsed } from "../../db/clock.ts";
import type { Role } from "../../db/permissions.ts";
import { copyPrepared } from "../support/prepared.ts";

/** As `deno task start` has it: the supervisor makes little and keeps little. */
const memoryFlags = ["--node-modules-dir=manual", "--v8-flags=--max-semi-space-size=1"];
const root = new URL("../../", import.meta.url);

/** A started supervisor and everything below it. */
export class Service {
  output = "";
  readonly status: Promise<Deno.CommandStatus>;
  private readonly child: Deno.ChildProcess;
  private readonly read: Promise<unknown>;
  private readonly guard: Deno.ChildProcess;

  constructor(readonly dataDir: string, readonly port: number, env: Record<string, string> = {}) {
    this.child = new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", "--no-remote", "--no-prompt", ...memoryFlags, "main.ts", "start"],
      cwd: root,
      clearEnv: true,
      env: { ...childEnvironment(), ...settings(dataDir, port), NO_COLOR: "1", ...env },
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    this.status = this.child.status;
    // When the test run is killed, the pipe ends and nothing of the service stays behind.
    this.guard = new Deno.Command("/bin/sh", {
      args: ["-c", `read -r line; kill ${this.child.pid}`],
      stdin: "piped",
      stderr: "null",
      detached: true,
    }).spawn();
    this.read = Promise.all([this.collect(this.child.stdout), this.collect(this.child.stderr)]);
  }

  get pid(): number {
    return this.child.pid;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Waits for the address line. Throws with the output when the service ends before. */
  async ready(): Promise<this> {
    let over = false;
    this.status.then(() => over = true);
    await eventually(() => {
      if (over) throw new Error(`the service ended: ${this.output}`);
      return this.output.includes("kompaktCRM: http");
    }, 60_000);
    return this;
  }

  /** The numbers of the running processes with this role. */
  async children(role: Role): Promise<number[]> {
    const { stdout } = await new Deno.Command("ps", { args: ["-Ao", "pid=,ppid=,args="] }).output();
    return new TextDecoder().decode(stdout).split("\n")
      .filter((line) =>
        line.includes(`${this.dataDir}/logs`) && line.trim().endsWith(`/starts/${role}.ts`)
      )
      .map((line) => Number(line.trim().split(/\s+/)[0]));
  }

  /** The permission flags of a running process, as the system knows them. */
  flags(pid: number): string[] {
    const parts = Deno.readTextFileSync(`/proc/${pid}/cmdline`).split("\0");
    return parts.filter((part) => part.startsWith("--"));
  }

  kill(signal: Deno.Signal): void {
    this.child.kill(signal);
  }

  /** Asks it to stop; its exit code and everything it said. */
  async stop(): Promise<number> {
    try {
      this.child.kill("SIGTERM");
    } catch {
      // It has ended already.
    }
    const { code } = await this.status;
    await Promise.all([this.read, this.release()]);
    return code;
  }

  /** Ends whatever is left and takes the data folder away. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
    await Deno.remove(this.dataDir, { recursive: true }).catch(() => {});
  }

  private async release(): Promise<void> {
    try {
      this.guard.kill("SIGKILL");
    } catch {
      // It was released before.
    }
    await this.guard.stdin.close().catch(() => {});
    await this.guard.status;
  }

  private async collect(stream: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<void> {
    for await (const text of stream.pipeThrough(new TextDecoderStream())) this.output += text;
  }
}

/** A new service in a folder of its own, as the first start left it; not ready yet. */
export async function newService(
  env: Record<string, string> = {},
  port = freePort(),
): Promise<Service> {
  const dataDir = await newFolder();
  if (!env.DATABASE_URL) await copyPrepared(dataDir);
  return new Service(dataDir, port, env);
}

/** The first start ever, in an empty folder; not ready yet. */
export async function firstService(): Promise<Service> {
  return new Service(await newFolder(), freePort());
}

/** An empty data folder. */
export const newFolder = (): Promise<string> => Deno.makeTempDir({ prefix: "kompaktcrm-run-" });

/** Another start on the same folder. */
export const again = (service: Service, port = service.port): Service =>
  new Service(service.dataDir, port);

const settings = (dataDir: string, port: number) => ({
  DATA_DIR: dataDir,
  PORT: String(port),
  WEB_PROCESSES: "2",
});

/** A port that nobody listens at just now. */
export function freePort(): number {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  listener.close();
  return listener.addr.port;
}

/** Waits until something holds; throws after the time. */
export async function eventually(
  holds: () => boolean | Promise<boolean>,
  withinMs = 60_000,
): Promise<void> {
  for (const from = elapsed(); elapsed() - from < withinMs;) {
    if (await holds()) return;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error(`not within ${withinMs} ms: ${holds}`);
}

/** The postmaster's number and port, from its own note. */
export function postmaster(dataDir: string): { pid: number; port: number } {
  const lines = Deno.readTextFileSync(`${dataDir}/postgres/postmaster.pid`).split("\n");
  return { pid: Number(lines[0]), port: Number(lines[3]) };
}

/** Whether a process lives; one that has ended and only waits to be reaped does not. */
export function isRunning(pid: number): boolean {
  try {
    Deno.kill(pid, "SIGCONT");
    if (Deno.build.os !== "linux") return true;
    return !/^State:\s+Z/m.test(Deno.readTextFileSync(`/proc/${pid}/status`));
  } catch {
    return false;
  }
}
