/** What the log of an external database server contains. */
import { deepEqual, equal, match, rejects } from "node:assert/strict";
import { openPool, type Sql } from "../db/pool.ts";
import { prepareDatabase } from "../db/prepare.ts";
import * as serverLogs from "../db/server_logs.ts";
import { lookAtServerLog } from "../jobs/database_diagnoses.ts";
import { secretKey } from "./support/db.ts";
import { clusterUrl } from "./support/postgres.ts";

/** A database whose server logs everything, as PostgreSQL may be configured. */
async function withTalkative(
  work: (open: (user?: string) => Sql, url: URL) => Promise<void>,
): Promise<void> {
  const url = new URL(await clusterUrl());
  const admin = openPool(url.href, { max: 1 });
  const name = `talkative_${crypto.randomUUID().replaceAll("-", "")}`;
  await admin.unsafe(`create database ${name}`);
  for (
    const [setting, value] of [
      ["log_error_verbosity", "default"],
      ["log_min_error_statement", "error"],
      ["log_parameter_max_length", "-1"],
      ["log_parameter_max_length_on_error", "-1"],
    ]
  ) await admin.unsafe(`alter database ${name} set ${setting} = '${value}'`);
  url.pathname = `/${name}`;
  const opened: Sql[] = [];
  const open = (user?: string) => {
    const as = new URL(url);
    if (user) [as.username, as.password] = [user, "plain"];
    const pool = openPool(as.href, { max: 1 });
    opened.push(pool);
    return pool;
  };
  try {
    await work(open, url);
  } finally {
    for (const pool of opened) await pool.end();
    await admin.unsafe(`drop database ${name} with (force)`);
    await admin.end();
  }
}

Deno.test("once prepared, a database's own log shows no value to whoever connects", async () => {
  await withTalkative(async (open, url) => {
    equal((await serverLogs.missing(open())).length, 4);
    const { appUrl } = await prepareDatabase(url.href, { secretKey });
    deepEqual(await serverLogs.missing(open()), []);
    const app = openPool(appUrl, { max: 1 });
    deepEqual(await serverLogs.missing(app), []);
    await rejects(app`set log_error_verbosity = 'default'`, { code: "42501" });
    await app.end();
    equal((await lookAtServerLog(open())).state, "ok");
  });
});

Deno.test("two processes may set it at the same time, and the one that asks has it at once", async () => {
  await withTalkative(async (open) => {
    const both = [open(), open()];
    await Promise.all(both.map(serverLogs.quieten));
    for (const each of [...both, open()]) deepEqual(await serverLogs.missing(each), []);
  });
});

Deno.test("what the database's user may not set, the doctor asks a superuser for", async () => {
  await withTalkative(async (open, url) => {
    const admin = open();
    const user = `owner_${crypto.randomUUID().slice(0, 8)}`;
    await admin.unsafe(`create role ${user} login password 'plain'`);
    await admin.unsafe(`alter database ${url.pathname.slice(1)} owner to ${user}`);
    await serverLogs.quieten(open(user));
    const { state, mend } = await lookAtServerLog(open(user));
    equal(state, "warn");
    match(mend, /log_error_verbosity = terse, log_min_error_statement = panic/);
    await admin.unsafe(
      `grant set on parameter log_error_verbosity, log_min_error_statement,
        log_parameter_max_length, log_parameter_max_length_on_error to ${user}`,
    );
    await serverLogs.quieten(open(user));
    equal((await lookAtServerLog(open(user))).state, "ok");
    await admin.unsafe(`alter database ${url.pathname.slice(1)} owner to postgres`);
  });
});
