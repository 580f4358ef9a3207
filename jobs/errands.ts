/**
 * Errands: work as the database's owner in a process of its own, which gives its memory back by
 * ending. The supervisor would keep for weeks what it needs for moments.
 */
import { fileURLToPath } from "node:url";
import { childEnvironment, type Config } from "../db/config.ts";
import { logger } from "../db/log.ts";

/** The file that an errand starts with. */
export type Errand = "upgrade" | "demo" | "night" | "endings" | "inspection";

/** What every errand is told. */
export interface ErrandOrders {
  config: Config;
  /** The owner's connection. */
  adminUrl: string;
  /** Where the egress process listens, if it runs. */
  egressSocket?: string;
}

/** What an errand writes to standard error before its answer, as JSON, on a line of its own. */
export const answerMark = "\u0001answer ";

/** The outcome of an errand: what it returns, or the error it ended with. */
export type Answer = { result: unknown } | { fault: { name: string; message: string } };

/**
 * Runs an errand and returns its result. When the signal aborts, the errand is asked to end and its
 * result is awaited. Throws the error that the errand ended with, by its name and message.
 */
export async function run<Result>(
  errand: Errand,
  orders: ErrandOrders & Record<string, unknown>,
  stop?: AbortSignal,
): Promise<Result> {
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--quiet",
      "-A",
      "--no-remote",
      "--no-prompt",
      "--node-modules-dir=manual",
      fileURLToPath(new URL(`./starts/${errand}.ts`, import.meta.url)),
    ],
    clearEnv: true,
    env: { ...childEnvironment(), NO_COLOR: "1" },
    stdin: "piped",
    stdout: "inherit",
    stderr: "piped",
    // Ctrl-C in the terminal must reach only the supervisor.
    detached: true,
  }).spawn();
  const end = () => {
    try {
      child.kill("SIGTERM");
    } catch {
      // It has just ended by itself.
    }
  };
  stop?.addEventListener("abort", end, { once: true });
  // Left open: when the pipe ends, the errand knows that its supervisor is gone.
  const pipe = child.stdin.getWriter();
  try {
    const line = `${JSON.stringify(orders)}\n`;
    await pipe.write(new TextEncoder().encode(line)).catch(() => {});
    const answer = await answerOf(child, errand);
    await child.status;
    if (!answer) throw new Error(`the errand ${errand} ended without an answer`);
    if ("result" in answer) return answer.result as Result;
    throw Object.assign(new Error(answer.fault.message), { name: answer.fault.name });
  } finally {
    stop?.removeEventListener("abort", end);
    await pipe.close().catch(() => {});
  }
}

/** The answer; other output, such as a runtime crash, is logged redacted. */
async function answerOf(child: Deno.ChildProcess, errand: Errand): Promise<Answer | null> {
  const log = logger("app", errand);
  let answer: Answer | null = null;
  let rest = "";
  const take = (line: string) => {
    if (line.startsWith(answerMark)) answer = JSON.parse(line.slice(answerMark.length));
    else if (line.trim()) log.warn(line);
  };
  for await (const text of child.stderr.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    lines.forEach(take);
  }
  take(rest);
  return answer;
}
