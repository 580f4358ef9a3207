/** A child that could not be started, for lack of room, is started later. */
import { ok } from "node:assert/strict";
import { parseConfig } from "../../db/config.ts";
import { noReach } from "../../db/permissions.ts";
import { keep } from "../../jobs/processes.ts";
import { secretKey } from "../support/db.ts";
import { eventually } from "./service.ts";

Deno.test("where a process cannot be started the supervisor goes on and tries again", async () => {
  const env = { DATA_DIR: await Deno.makeTempDir(), SECRET_KEY: secretKey };
  const config = parseConfig(env, Deno.readTextFileSync);
  const { Command } = Deno;
  let [tries, refused] = [0, 2];
  Deno.Command = class extends Command {
    constructor() {
      super("/bin/sh", { args: ["-c", "exec sleep 60"], stdin: "piped", stderr: "piped" });
    }
    override spawn(): Deno.ChildProcess {
      tries++;
      if (refused-- > 0) throw new Error("Too many open files (os error 24)");
      return super.spawn();
    }
  };
  const orders = { name: "jobs", config, appUrl: "postgres://crm@127.0.0.1:1/crm", reach: noReach };
  try {
    const keeper = keep("jobs", orders);
    await eventually(() => keeper.pid() !== undefined);
    ok(tries === 3);
    // Room comes back while the supervisor does other things.
    refused = 1_000;
    setTimeout(() => refused = 0, 100);
    await keeper.renew(orders, 1_000);
    ok(keeper.pid() !== undefined);
    ok(tries < 20, `${tries} tries`);
    await keeper.stop(1_000);
  } finally {
    Deno.Command = Command;
  }
});
