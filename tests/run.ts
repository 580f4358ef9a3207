/**
 * Runs every step of `deno task test` (or, with the argument `check`, those without a database),
 * whatever fails on the way, and ends with `N passed, N failed` over all of them.
 */

import { statfsSync } from "node:fs";
import { join } from "node:path";
import { elapsed } from "../db/clock.ts";
import { startEmbedded } from "../db/embedded.ts";
import { findBrowser } from "./support/browser.ts";
import { failuresIn, filesIn } from "./support/failures.ts";
import { makePrepared } from "./support/prepared.ts";

interface Step {
  name: string;
  args: string[];
  /** Test files, which count themselves; any other step counts as one. */
  tests?: string[];
  /** Products are started there. */
  products?: boolean;
  /** In a browser, too. */
  browser?: boolean;
}

interface Tally {
  passed: number;
  failed: number;
}

interface Result {
  step: Step;
  tally: Tally;
  output: string;
}

/** What a lane may take: its process, a product, a browser and their part of the database. */
const gigabytesOfLane = 2;
const held = Math.floor(Deno.systemMemoryInfo().available / 1024 ** 3 / gigabytesOfLane);
/** As many at once as keep all cores busy while some of them wait; three are enough for two cores. */
const lanes = Math.max(3, Math.min(8, navigator.hardwareConcurrency + 1, held));
const testing = ["test", "-A", "--no-remote", "--no-check", "--unstable-net", "--permit-no-files"];
const tools: Step[] = [
  { name: "types", args: ["check"] },
  { name: "lint", args: ["lint"] },
  { name: "format", args: ["fmt", "--check"] },
];
const [rules, started, journeys, broken] = ["rules", "runtime", "e2e", "faults"]
  .map((name) => testFiles(`tests/${name}`));
const rest = testFiles("tests")
  .filter((path) => !/^tests\/(rules|runtime|e2e|faults)\//.test(path));
const matrix = "tests/rules/routes_test.ts";
const checks: Step[] = [
  ...tools,
  ...together("rights", [matrix], 1),
  ...together("house rules", rules!.filter((path) => path !== matrix), 1),
];
/** Journeys that are content with a tenant of their own share a product. */
const sharing = journeys!.filter((path) =>
  Deno.readTextFileSync(path).includes("/support/tenants.ts")
);
const pages = "tests/e2e/pages_test.ts";
/** What mostly waits, for a minute of the timetable or for what was broken to heal. */
const patient = [
  ...broken!,
  ...["machines", "mailboxes"].map((name) => `tests/runtime/${name}_test.ts`),
];
const alone = journeys!.filter((path) => path !== pages && !sharing.includes(path));
const inBrowser = (steps: Step[]): Step[] => steps.map((step) => ({ ...step, browser: true }));
const shared = together("journeys", sharing, 1).map((step) => ({ ...step, products: true }));
// What takes longest comes first, so that all lanes end at about the same time.
const whole: Step[] = [
  ...inBrowser(apart([pages])),
  ...together("tests", rest, 2 * lanes),
  ...inBrowser(shared),
  ...checks,
  ...inBrowser(apart(alone)),
  ...apart(started!.filter((path) => !patient.includes(path))),
];
/** Where memory holds one more, a lane that begins with what waits goes on beside the others. */
const beside = held > lanes;
const waiting = apart(patient);
if (!beside) whole.splice(whole.indexOf(checks[0]!), 0, ...waiting.splice(0));

/** The test files below a folder, the largest first. */
function testFiles(folder: string): string[] {
  const found: { path: string; size: number }[] = [];
  const look = (below: string) => {
    for (const { name, isDirectory } of Deno.readDirSync(below)) {
      const path = `${below}/${name}`;
      if (isDirectory) look(path);
      else if (/_test\.tsx?$/.test(name)) found.push({ path, size: Deno.statSync(path).size });
    }
  };
  look(folder);
  return found.sort((a, b) => b.size - a.size || (a.path < b.path ? -1 : 1))
    .map(({ path }) => path);
}

/** Files dealt out to some processes, large and small ones to each. */
function together(name: string, paths: string[], processes: number): Step[] {
  return Array.from({ length: processes }, (_, at) => {
    const tests = paths.filter((_, place) => place % processes === at);
    return { name: `${name} ${at + 1}`, args: inOne(tests), tests };
  });
}

function inOne(paths: string[]): string[] {
  return [...testing, "tests/together.ts", "--", ...paths];
}

/** A process for each file. */
function apart(paths: string[]): Step[] {
  return paths.map((path) => ({
    name: path,
    args: [...testing, path],
    tests: [path],
    products: true,
  }));
}

const checking = Deno.args[0] === "check";
const steps = checking ? checks : whole;
/** More failures than these are no chance. */
const doubtful = 5;
const results: Result[] = [];
const notes: string[] = [];
const begun = elapsed();
/** When the last step that needs no browser was done. */
let withoutBrowser = begun;
const running = new Set<Deno.ChildProcess>();
let interrupted = false;

const folder = await Deno.makeTempDir({ prefix: "kompaktcrm-test-" });
const room = await Deno.makeTempDir({ dir: inMemory(), prefix: "kompaktcrm-test-" });
// Nothing is kept after the run, so nothing needs to survive a power cut.
const cluster = await startEmbedded(join(room, "data"), {
  fsync: "off",
  synchronous_commit: "off",
  full_page_writes: "off",
  max_connections: 135 * (lanes + 1),
});
const prepared = checking ? undefined : makePrepared(join(folder, "prepared"));
prepared?.catch(() => {});
const browser = checking ? undefined : findBrowser();
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
  const lane = async (left: Step[]) => {
    for (let step = left.shift(); step && !interrupted; step = left.shift()) {
      results.push(await run(step));
      if (!step.browser) withoutBrowser = elapsed();
    }
  };
  const left = [...steps];
  await Promise.all([
    ...Array.from({ length: lanes }, () => lane(left)),
    ...(checking || !beside ? [] : [lane(waiting).then(() => lane(left))]),
  ]);
  await tryAgain();
} finally {
  await prepared?.catch(() => {});
  await cluster.stop();
  for (const each of [room, folder]) await Deno.remove(each, { recursive: true });
}
const seconds = (until: number) => ((until - begun) / 1000).toFixed(1);
const failures = results.filter(({ tally }) => tally.failed > 0);
for (const { step, output } of failures) {
  say(`\n== why ${step.name} failed\n\n${failuresIn(output).join("\n\n")}\n`);
}
console.log(`\n${seconds(withoutBrowser)} s without browser, ${seconds(elapsed())} s in all`);
for (const note of notes) console.log(note);
for (const { step, tally } of failures) console.log(`${step.name}: ${tally.failed} failed`);
if (interrupted) console.log("interrupted");
const sum = (key: keyof Tally) => results.reduce((sum, { tally }) => sum + tally[key], 0);
console.log(`${sum("passed")} passed, ${sum("failed")} failed`);
Deno.exit(sum("failed") > 0 || interrupted ? 1 : 0);

/**
 * Runs the files of a few failed tests once more, with nothing beside them: a bound of time may be
 * broken by a neighbour. Both are said; what fails twice has failed.
 */
async function tryAgain(): Promise<void> {
  const failed = results.filter(({ step, tally }) => step.tests && tally.failed > 0);
  if (failed.reduce((sum, { tally }) => sum + tally.failed, 0) > doubtful || interrupted) return;
  for (const result of failed) {
    const { step, tally, output } = result;
    say(`\n== why ${step.name} failed at first\n\n${failuresIn(output).join("\n\n")}\n`);
    const files = filesIn(output, step.tests!);
    const whole = files.length === step.tests!.length;
    const name = `${whole ? step.name : files.join(", ")} once more, alone`;
    const again = await run({ ...step, name, args: whole ? step.args : inOne(files) });
    notes.push(`${name}: ${again.tally.failed === 0 ? "passed" : "failed"}`);
    if (again.tally.failed > 0) continue;
    result.tally = whole ? again.tally : { passed: tally.passed + tally.failed, failed: 0 };
  }
}

/**
 * A folder in memory where there is room enough: each database has thousands of files, and a disk's
 * folders become slow when so many of them come and go.
 */
function inMemory(): string | undefined {
  const path = "/dev/shm";
  try {
    const { bavail, bsize } = statfsSync(path);
    const room = Math.min(bavail * bsize, Deno.systemMemoryInfo().available);
    if (room > 8 * 1024 ** 3) return path;
  } catch {
    // Another system.
  }
}

function end(child: Deno.ChildProcess, signal: Deno.Signal): void {
  try {
    child.kill(signal);
  } catch {
    // It has ended by itself.
  }
}

/** Runs a step, prints its output when it is done, and counts. */
async function run(step: Step): Promise<Result> {
  const found = {
    ...step.products ? await prepared : undefined,
    ...step.browser ? await browser : undefined,
  };
  const from = elapsed();
  const child = new Deno.Command(Deno.execPath(), {
    args: step.args,
    env: { TEST_CLUSTER_URL: cluster.adminUrl, NO_COLOR: "1", ...found },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  running.add(child);
  const silence = untilSilent(child);
  const [said = "", complained = ""] = await Promise.all(
    [child.stdout, child.stderr].map(silence.heard),
  );
  const { success } = await child.status;
  silence.end();
  running.delete(child);
  say(`\n== ${step.name}, ${((elapsed() - from) / 1000).toFixed(1)} s\n`);
  say(said + complained);
  const tally = step.tests ? count(said) : { passed: Number(success), failed: Number(!success) };
  // A step that broke before it could count is a failure too.
  if (!success && tally.failed === 0) tally.failed = 1;
  return { step, tally, output: said + complained };
}

/**
 * Ends a process that says nothing for twelve minutes, which no test takes: a runtime that stands
 * still would hold the whole suite. What it should have done has failed.
 */
function untilSilent(child: Deno.ChildProcess) {
  const wait = () =>
    setTimeout(() => {
      say(`\n== process ${child.pid} says nothing any more and is ended\n`);
      end(child, "SIGKILL");
    }, 12 * 60_000);
  let timer = wait();
  return {
    async heard(stream: ReadableStream<Uint8Array>): Promise<string> {
      let text = "";
      const decoder = new TextDecoder();
      for await (const piece of stream) {
        text += decoder.decode(piece, { stream: true });
        clearTimeout(timer);
        timer = wait();
      }
      return text;
    },
    end: () => clearTimeout(timer),
  };
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
