/**
 * Runs every step of `deno task test` (or, with the argument `check`, those without a database),
 * whatever fails on the way, and ends with `N passed, N failed` over all of them.
 */

import { join } from "node:path";
import { elapsed } from "../db/clock.ts";
import { startEmbedded } from "../db/embedded.ts";

interface Step {
  name: string;
  args: string[];
  /** Tests count themselves; any other step counts as one. */
  tests?: boolean;
  /** Runs beside the step before it; what it says is shown when both are done. */
  beside?: boolean;
}

interface Tally {
  passed: number;
  failed: number;
}

const testing = ["test", "-A", "--no-remote", "--no-check", "--unstable-net", "--permit-no-files"];
const checks: Step[] = [
  { name: "format", args: ["fmt", "--check"] },
  { name: "lint", args: ["lint"] },
  { name: "types", args: ["check"] },
  {
    name: "house rules",
    args: [...testing, "--parallel", "tests/rules"],
    tests: true,
    beside: true,
  },
];
const suites: Step[] = [
  {
    name: "tests",
    args: [...testing, "--parallel", "--ignore=tests/rules,tests/runtime,tests/e2e", "tests"],
    tests: true,
  },
  // Mostly waits for processes: time that the others can use.
  { name: "start and stop", args: [...testing, "tests/runtime"], tests: true, beside: true },
  { name: "browser journeys", args: [...testing, "tests/e2e"], tests: true },
];

const steps = Deno.args[0] === "check" ? checks : [...checks, ...suites];
const failures: string[] = [];
const total: Tally = { passed: 0, failed: 0 };
const times: string[] = [];
const running = new Set<Deno.ChildProcess>();
let interrupted = false;

const folder = await Deno.makeTempDir({ prefix: "kompaktcrm-test-" });
// Nothing is kept after the run, so nothing needs to survive a power cut.
const cluster = await startEmbedded(join(folder, "data"), {
  fsync: "off",
  synchronous_commit: "off",
  full_page_writes: "off",
  max_connections: 400,
});
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  Deno.addSignalListener(signal, () => {
    interrupted = true;
    const asked = [...running];
    for (const child of asked) end(child, "SIGTERM");
    // A browser's driver keeps its process alive through a polite request.
    setTimeout(() => asked.forEach((child) => end(child, "SIGKILL")), 5_000);
  });
}
try {
  for (let at = 0; at < steps.length && !interrupted;) {
    const next = steps.findIndex((step, place) => place > at && !step.beside);
    const together = steps.slice(at, next < 0 ? steps.length : next);
    const [first, ...rest] = await Promise.all(together.map(run));
    for (const { said } of rest) say(said);
    for (const [place, { passed, failed, seconds }] of [first!, ...rest].entries()) {
      const { name } = together[place]!;
      total.passed += passed;
      total.failed += failed;
      if (failed > 0) failures.push(`${name}: ${failed} failed`);
      times.push(`${name} ${seconds.toFixed(1)} s`);
    }
    at += together.length;
  }
} finally {
  await cluster.stop();
  await Deno.remove(folder, { recursive: true });
}
console.log(`\n${times.join(", ")}`);
for (const failure of failures) console.log(failure);
if (interrupted) console.log("interrupted");
console.log(`${total.passed} passed, ${total.failed} failed`);
Deno.exit(total.failed > 0 || interrupted ? 1 : 0);

function end(child: Deno.ChildProcess, signal: Deno.Signal): void {
  try {
    child.kill(signal);
  } catch {
    // It has ended by itself.
  }
}

/** Runs a step; what it says is shown at once, or by the caller when it runs beside another. */
async function run(step: Step): Promise<Tally & { seconds: number; said: string }> {
  const from = elapsed();
  let said = `\n== ${step.name}\n`;
  if (!step.beside) say(said);
  const child = new Deno.Command(Deno.execPath(), {
    args: step.args,
    env: { TEST_CLUSTER_URL: cluster.adminUrl, NO_COLOR: "1" },
    stdin: "null",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  running.add(child);
  for await (const text of child.stdout.pipeThrough(new TextDecoderStream())) {
    said += text;
    if (!step.beside) say(text);
  }
  const { success } = await child.status;
  running.delete(child);
  const tally = step.tests ? count(said) : { passed: Number(success), failed: Number(!success) };
  // A step that broke before it could count is a failure too.
  if (!success && tally.failed === 0) tally.failed = 1;
  return { ...tally, seconds: (elapsed() - from) / 1000, said };
}

function say(text: string): void {
  for (let rest = new TextEncoder().encode(text); rest.length > 0;) {
    rest = rest.subarray(Deno.stdout.writeSync(rest));
  }
}

/** Adds up the closing lines of `deno test`. */
function count(output: string): Tally {
  const tally = { passed: 0, failed: 0 };
  const line = /^(?:ok|FAILED) \| (\d+) passed(?: \([^)]*\))? \| (\d+) failed/gm;
  for (const [, passed, failed] of output.matchAll(line)) {
    tally.passed += Number(passed);
    tally.failed += Number(failed);
  }
  return tally;
}
