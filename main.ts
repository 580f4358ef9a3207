/** The service: `deno task start`. Its processes and the command line start in `jobs/starts/`. */

import { setOffset } from "./db/clock.ts";
import { readConfig } from "./db/config.ts";
import { supervise } from "./jobs/supervisor.ts";
import { end } from "./jobs/starts/process.ts";

const usage = "Usage: deno task start | demo | crm <command> | test\n" +
  "start and demo take no arguments: settings are environment variables, see README.md.";
const [task, ...args] = Deno.args;
if (args.includes("--help")) {
  console.log(usage);
  Deno.exit(0);
}
const surplus = args.find((arg) => arg !== "--demo");
if (task !== "start" || surplus !== undefined) {
  console.error(surplus === undefined ? usage : `unexpected argument ${surplus}\n${usage}`);
  Deno.exit(2);
}
await end(start());

async function start(): Promise<void> {
  const config = readConfig();
  setOffset(config.clockOffset);
  await supervise(config, { demo: args.includes("--demo") });
}
