/** Lists read from a streaming copy of the database: what a user wrote is always there. */
import { equal, match, ok, rejects } from "node:assert/strict";
import postgres from "postgres";
import { startEmbedded } from "../../db/embedded.ts";
import { checkServer } from "../../db/server.ts";
import { secretKey } from "../support/db.ts";
import { admin, setupFields } from "../support/setup.ts";
import { eventually, newService, type Service } from "./service.ts";
import { Visitor } from "./visitors.ts";

/** A copy of a running cluster's files, following it: what pg_basebackup does. */
async function follow(from: string, to: string, url: URL): Promise<void> {
  const sql = postgres(url.href, { max: 1 });
  await sql`select pg_backup_start('copy', true)`;
  await Deno.mkdir(to, { recursive: true });
  await run("cp", "-a", `${from}/keys`, `${from}/postgres`, to);
  const [row] = await sql`select labelfile from pg_backup_stop(false)`;
  await sql.end();
  const folder = `${to}/postgres`;
  for (const name of ["postmaster.pid", "postmaster.opts"]) await Deno.remove(`${folder}/${name}`);
  await Deno.writeTextFile(`${folder}/backup_label`, row!.labelfile);
  await Deno.writeTextFile(`${folder}/standby.signal`, "");
  const { uid, gid } = await Deno.stat(folder);
  for (const name of ["backup_label", "standby.signal"]) {
    await Deno.chown(`${folder}/${name}`, uid, gid);
  }
}

async function run(program: string, ...args: string[]): Promise<void> {
  const { success, stderr } = await new Deno.Command(program, { args }).output();
  ok(success, new TextDecoder().decode(stderr));
}

const list = async (visitor: Visitor, service: Service) =>
  await (await visitor.ask(service, "/contacts")).text();

Deno.test("lists come from the replica, a user's own writes show at once, and all works without it", async (t) => {
  const root = await Deno.makeTempDir({ prefix: "kompaktcrm-copy-" });
  await Deno.chmod(root, 0o755);
  const primary = await startEmbedded(`${root}/primary`, { wal_keep_size: "64MB" });
  const url = new URL(primary.adminUrl);
  await follow(`${root}/primary`, `${root}/copy`, url);
  const conninfo = `host=127.0.0.1 port=${url.port} user=postgres password=${
    decodeURIComponent(url.password)
  }`;
  const copy = await startEmbedded(`${root}/copy`, { primary_conninfo: conninfo });
  const behind = postgres(copy.adminUrl, { max: 1 });
  try {
    await t.step("the copy is refused as the database itself", async () => {
      await rejects(checkServer(copy.adminUrl), {
        name: "DatabaseAway",
        message: /is a standby, which takes no writes: promote it, or let DATABASE_URL name/,
      });
    });
    await using service = await newService({
      DATABASE_URL: primary.adminUrl,
      DATABASE_REPLICA_URL: copy.adminUrl,
      SECRET_KEY: secretKey,
      WEB_PROCESSES: "1",
    });
    await service.ready();
    const [author, reader] = [new Visitor(), new Visitor()];
    const link = /http:\S+(\/setup\/\S+)/.exec(service.output)![1]!;
    equal((await author.ask(service, link, setupFields)).status, 303);
    const { email, password } = admin;
    equal((await reader.ask(service, "/login", { email, password })).status, 303);
    const add = async (lastName: string) =>
      equal(
        (await author.ask(service, "/contacts/new", { lastName, origin: "card" })).status,
        303,
      );
    // Without the marks of their own writes, and with the messages of the log-in shown.
    for (const each of [author, reader]) await (await each.ask(service, "/start")).text();

    await t.step("a reader is answered by the copy, the author with what was written", async () => {
      await add("Vorher");
      await eventually(async () => /Vorher/.test(await list(reader, service)));
      await behind`select pg_wal_replay_pause()`;
      await add("Nachher");
      match(await list(author, service), /Nachher/);
      ok(!/Nachher/.test(await list(reader, service)), "the replica is paused");
      match(await (await author.ask(service, "/search?q=Nachher")).text(), /Nachher/);
      await behind`select pg_wal_replay_resume()`;
      await eventually(async () => /Nachher/.test(await list(reader, service)));
    });

    await t.step("an export waits for the copy, or is read where all is written", async () => {
      await behind`select pg_wal_replay_pause()`;
      await add("Zuletzt");
      const wanted = { kind: "contacts", format: "json", purpose: "backup" };
      const file = await reader.ask(service, "/exports", wanted);
      const text = await file.text();
      equal(file.status, 200, text.slice(0, 3_000));
      match(text, /Zuletzt/);
      await behind`select pg_wal_replay_resume()`;
    });

    await t.step("a copy that is gone is left alone", async () => {
      await behind.end();
      await copy.stop();
      await add("Ohne");
      for (let n = 0; n < 2; n++) {
        const answer = await reader.ask(service, "/contacts");
        const text = await answer.text();
        equal(answer.status, 200);
        match(text, /Ohne/);
      }
    });
  } finally {
    await behind.end({ timeout: 1 });
    await copy.stop().catch(() => {});
    await primary.stop();
    await Deno.remove(root, { recursive: true });
  }
});
