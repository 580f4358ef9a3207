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
  { name: "house rules", args: [...testing, "--parallel", "tests/rules"], tests: true },
];
const suites: Step[] = [
  {
    name: "tests",
    args: [...testing, "--parallel", "--ignore=tests/rules,tests/runtime,tests/e2e", "tests"],
    tests: true,
  },
  { name: "start and stop", args: [...testing, "tests/runtime"], tests: true },
  { name: "browser journeys", args: [...testing, "tests/e2e"], tests: true },
];

const steps = Deno.args[0] === "check" ? checks : [...checks, ...suites];
const failures: string[] = [];
const total: Tally = { passed: 0, failed: 0 };
const times: string[] = [];
let running: Deno.ChildProcess | undefined;
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
    const child = running;
    end(child, "SIGTERM");
    // A browser's driver keeps its process alive through a polite request.
    setTimeout(() => end(child, "SIGKILL"), 5_000);
  });
}
try {
  for (const step of steps) {
    if (interrupted) break;
    const from = elapsed();
    const { passed, failed } = await run(step, { TEST_CLUSTER_URL: cluster.adminUrl });
    total.passed += passed;
    total.failed += failed;
    if (failed > 0) failures.push(`${step.name}: ${failed} failed`);
    times.push(`${step.name} ${((elapsed() - from) / 1000).toFixed(1)} s`);
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

function end(child: Deno.ChildProcess | undefined, signal: Deno.Signal): void {
  try {
    child?.kill(signal);
  } catch {
    // It has ended by itself.
  }
}

async function run(step: Step, env: Record<string, string>): Promise<Tally> {
  console.log(`\n== ${step.name}`);
  const child = running = new Deno.Command(Deno.execPath(), {
    args: step.args,
    env: { ...env, NO_COLOR: "1" },
    stdin: "null",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  let output = "";
  const decoder = new TextDecoder();
  for await (const bytes of child.stdout) {
    await Deno.stdout.write(bytes);
    output += decoder.decode(bytes, { stream: true });
  }
  const { success } = await child.status;
  const tally = step.tests ? count(output) : { passed: Number(success), failed: Number(!success) };
  // A step that broke before it could count is a failure too.
  if (!success && tally.failed === 0) tally.failed = 1;
  return tally;
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
