/** PgBouncer in transaction mode before the database, with the settings that `crm deploy-files` writes. */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import postgres from "postgres";
import { parseConfig } from "../../db/config.ts";
import { newId } from "../../db/ids.ts";
import { servingRole } from "../../db/prepare.ts";
import { filesFor } from "../../jobs/deployments.ts";
import { secretKey } from "../support/db.ts";
import { mailbox } from "../support/mailbox.ts";
import { clusterUrl } from "../support/postgres.ts";
import { setupFields } from "../support/setup.ts";
import { eventually, freePort, newService } from "./service.ts";
import { Visitor } from "./visitors.ts";

/** The one that `PGBOUNCER` names, or the system's. */
const program = [
  Deno.env.get("PGBOUNCER") ?? "",
  "/usr/sbin/pgbouncer",
  "/usr/bin/pgbouncer",
  "/usr/local/bin/pgbouncer",
].find((path) => {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
});
if (!program) console.log("SKIPPED: the product behind PgBouncer, which is not installed here");

/** Whether this one keeps prepared statements. */
const version = program
  ? /(\d+)\.(\d+)/.exec(
    new TextDecoder().decode(
      new Deno.Command(program, { args: ["--version"] }).outputSync().stdout,
    ),
  )
  : null;
const keeps = version !== null &&
  (Number(version[1]) > 1 || Number(version[2]) >= 21);
if (program && !keeps) console.log(`SKIPPED: pages behind PgBouncer ${version?.[0]}: needs 1.21`);

/** Connections to the server that all pages and jobs share. */
const shared = 4;

/** Starts PgBouncer before a database; its address and how it ends. */
async function pooler(direct: URL) {
  const port = freePort();
  const folder = await Deno.makeTempDir({ prefix: "kompaktcrm-pooler-" });
  await Deno.chmod(folder, 0o755);
  const [file] = filesFor("pgbouncer", {
    domain: "crm.example.com",
    secretKey,
    databasePassword: "",
    source: "",
  });
  const name = direct.pathname.slice(1);
  const ini = file!.text
    .replace(
      "kompaktcrm = host=127.0.0.1 port=5432",
      `${name} = host=127.0.0.1 port=${direct.port}`,
    )
    .replace("auth_user=kompaktcrm", `auth_user=${direct.username}`)
    .replace("max_prepared_statements", keeps ? "max_prepared_statements" : ";max_prepared")
    .replace("listen_port = 6432", `listen_port = ${port}`)
    .replace("default_pool_size = 20", `default_pool_size = ${shared}`)
    .replace("/etc/pgbouncer/userlist.txt", `${folder}/userlist.txt`);
  await Deno.writeTextFile(`${folder}/pgbouncer.ini`, `${ini}unix_socket_dir =\n`);
  await Deno.writeTextFile(
    `${folder}/userlist.txt`,
    `"${direct.username}" "${decodeURIComponent(direct.password)}"\n`,
  );
  const child = new Deno.Command(program!, {
    // It refuses to run as root, who starts it here.
    args: ["-q", ...(Deno.uid() === 0 ? ["-u", "postgres"] : []), `${folder}/pgbouncer.ini`],
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).spawn();
  const url = new URL(direct);
  url.port = String(port);
  await eventually(() => Deno.connect({ port }).then((each) => (each.close(), true), () => false));
  return {
    url,
    async close() {
      child.kill("SIGTERM");
      await child.status;
      await Deno.remove(folder, { recursive: true });
    },
  };
}

Deno.test({
  name: "behind PgBouncer in transaction mode pages, streams, jobs, imports and exports work",
  ignore: !keeps,
  async fn() {
    const direct = new URL(await clusterUrl());
    const admin = postgres(direct.href, { max: 1 });
    direct.pathname = `/pooled_${crypto.randomUUID().replaceAll("-", "")}`;
    await admin.unsafe(`create database ${direct.pathname.slice(1)}`);
    await admin.end();
    const way = await pooler(direct);
    const mail = await mailbox();
    const sql = postgres(direct.href, { max: 1 });
    try {
      await using service = await newService({
        DATABASE_URL: way.url.href,
        DATABASE_DIRECT_URL: direct.href,
        SECRET_KEY: secretKey,
        SMTP_URL: mail.smtpUrl,
      });
      await service.ready();
      const visitor = new Visitor();
      const ask = async (path: string, fields?: Record<string, string>) => {
        const answer = await visitor.ask(service, path, fields);
        return { status: answer.status, text: await answer.text(), headers: answer.headers };
      };
      const link = /http:\S+(\/setup\/\S+)/.exec(service.output)![1]!;
      equal((await ask(link, setupFields)).status, 303);

      // More at once than there are connections: each gets the settings of its own transaction.
      const names = Array.from({ length: 24 }, (_, n) => `Pool${n}`);
      const made = await Promise.all(
        names.map((lastName) => ask("/contacts/new", { id: newId(), lastName, origin: "card" })),
      );
      deepEqual([...new Set(made.map(({ status }) => status))], [303], made[0]!.text);
      const pages = await Promise.all(
        names.flatMap((name) => [ask(`/contacts?q=${name}`), ask("/start"), ask("/companies")]),
      );
      deepEqual([...new Set(pages.map(({ status }) => status))], [200]);
      match(pages[0]!.text, /Pool0/);
      const used = await sql`
        select application_name
        from pg_stat_activity
        where usename = ${servingRole(direct.pathname.slice(1))}
          and (application_name like 'kompaktcrm web%' or application_name = 'kompaktcrm jobs')
      `;
      ok(used.length > 0 && used.length <= shared, `${used.length} connections`);
      const left = postgres(way.url.href, { max: shared, prepare: false });
      const tenants = await Promise.all(
        Array.from(
          { length: shared },
          () => left`select coalesce(current_setting('app.tenant_id', true), '') as id`,
        ),
      );
      await left.end();
      deepEqual(tenants.map(([row]) => row!.id), tenants.map(() => ""), "no tenant is left behind");

      const stream = await visitor.ask(service, "/notifications/stream");
      let heard = "";
      const listening = (async () => {
        for await (const text of stream.body!.pipeThrough(new TextDecoderStream())) heard += text;
      })().catch(() => {});
      await eventually(() => heard.includes('"unread":0'));
      const [user] = await sql`select tenant_id, id from users`;
      await sql`
        insert into notifications (
          tenant_id, id, user_id, kind, record_kind, in_app, mail_due, created_at
        )
        values (
          ${user!.tenant_id}, ${newId()}, ${user!.id}, 'assigned', 'contact', true, false, now()
        )
      `;
      await sql`select pg_notify('kompaktcrm', ${`user ${user!.id}`})`;
      await eventually(() => heard.includes('"unread":1'), 2_000);

      equal(
        (await ask("/settings/team/invitations", { email: "neu@pool.example", role: "member" }))
          .status,
        303,
      );
      await eventually(() => mail.mails.length > 0);
      const body = new FormData();
      const lines = Array.from({ length: 500 }, (_, n) => `V${n};Einfuhr;v${n}@pool.example`);
      body.append("file", new File([["Vorname;Nachname;E-Mail", ...lines].join("\n")], "a.csv"));
      const uploaded = await visitor.send(service, "/imports/new", body);
      await uploaded.body?.cancel();
      const path = new URL(uploaded.headers.get("Location")!, service.url).pathname;
      const settled = () =>
        eventually(async () => !(await ask(path)).text.includes("<progress"), 60_000);
      equal((await ask(path, { origin: "customer", sourceDetail: "Alt" })).status, 303);
      await settled();
      equal((await ask(`${path}/run`, {})).status, 303);
      await settled();
      const [row] = await sql`select count(*)::int as n from contacts where last_name = 'Einfuhr'`;
      equal(row!.n, 500);
      const wanted = { kind: "contacts", format: "csv", purpose: "backup" };
      const file = await ask("/exports", wanted);
      equal(file.status, 200);
      ok(file.text.split("\n").length > 500);
      equal(await service.stop(), 0);
      await listening;
    } finally {
      await sql.end();
      await way.close();
      await mail.close();
    }
  },
});

Deno.test({
  name: "a pooler that forgets prepared statements is refused at the start, with what is needed",
  ignore: !program || keeps,
  async fn() {
    const direct = new URL(await clusterUrl());
    const admin = postgres(direct.href, { max: 1 });
    direct.pathname = `/pooled_${crypto.randomUUID().replaceAll("-", "")}`;
    await admin.unsafe(`create database ${direct.pathname.slice(1)}`);
    await admin.end();
    const way = await pooler(direct);
    try {
      await using service = await newService({
        DATABASE_URL: way.url.href,
        DATABASE_DIRECT_URL: direct.href,
        SECRET_KEY: secretKey,
      });
      equal((await service.status).code, 69);
      await service.stop();
      match(service.output, /forgets prepared statements: PgBouncer 1\.21 or newer/);
    } finally {
      await way.close();
    }
  },
});

Deno.test("the way past a pooler is named together with the pooler, and both for one host each", () => {
  const parse = (env: Record<string, string>) => parseConfig(env, Deno.readTextFileSync);
  const [pooled, direct] = ["postgres://a:b@pool.example/crm", "postgres://a:b@db.example/crm"];
  const config = parse({ DATABASE_URL: pooled, DATABASE_DIRECT_URL: direct });
  deepEqual([config.databaseUrl, config.databaseDirectUrl], [pooled, direct]);
  let faults = "";
  try {
    parse({ DATABASE_DIRECT_URL: direct });
  } catch (error) {
    faults = (error as Error).message;
  }
  match(faults, /DATABASE_DIRECT_URL needs DATABASE_URL/);
});
