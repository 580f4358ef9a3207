/** The service: `deno task start`. Its processes and the command line start in `jobs/starts/`. */

import { setOffset } from "./db/clock.ts";
import { readConfig } from "./db/config.ts";
import { supervise } from "./jobs/supervisor.ts";
import { end } from "./jobs/starts/process.ts";

const [task, ...args] = Deno.args;
if (task !== "start") {
  console.error("Usage: deno task start | demo | crm <command> | test");
  Deno.exit(2);
}
await end(start());

async function start(): Promise<void> {
  const config = readConfig();
  setOffset(config.clockOffset);
  const demo = args.includes("--demo");
  const papers = demo ? await import("./jobs/starts/demo.ts") : null;
  await supervise(config, { demo, writePaper: papers?.writePaper });
}
