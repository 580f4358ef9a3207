/** Files for servers, and the doctor's checks: what they say is true of the program itself. */
import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import type { AddressInfo as Listening } from "node:net";
import { join } from "node:path";
import { SMTPServer } from "smtp-server";
import { setOffset } from "../db/clock.ts";
import { ConfigError, parseConfig } from "../db/config.ts";
import * as figures from "../db/diagnosis_figures.ts";
import { openPool, type Sql } from "../db/pool.ts";
import * as shares from "../db/shares.ts";
import { filesFor, type Place, targets } from "../jobs/deployments.ts";
import { most } from "../routes/files.tsx";
import { doctor } from "../jobs/commands/doctor.ts";
import * as programFiles from "../jobs/program_files.ts";
import { faultOf, lookAtWay } from "../jobs/database_diagnoses.ts";
import { examineClosed, lookAtMail, lookAtSettings } from "../jobs/diagnoses.ts";
import { cast } from "./support/cast.ts";
import { commandFolder, crm } from "./support/commands.ts";
import { database } from "./support/db.ts";

const dataDir = commandFolder();
const place: Place = {
  domain: "crm.example.com",
  secretKey: "q1zZ0mJ3nH7yV5bX9cK2dL8fG6hS4jWpAeRtYuIoPzM=",
  databasePassword: "0123456789abcdef",
  source: "https://git.example.com/crm.git",
};
const textOf = (target: typeof targets[number], name: string) =>
  filesFor(target, place).find((each) => each.name === name)!.text;
const settingsOf = (text: string) =>
  Object.fromEntries(
    text.split("\n").filter((line) => /^[A-Z]/.test(line)).map((line) => {
      const at = line.indexOf("=");
      return [line.slice(0, at), line.slice(at + 1)];
    }),
  );
const faults = (env: Record<string, string>) => {
  try {
    parseConfig(env, Deno.readTextFileSync);
    return "";
  } catch (error) {
    if (error instanceof ConfigError) return error.faults.join("\n");
    throw error;
  }
};

Deno.test("the settings are complete but for what the operator alone knows, and then start", () => {
  for (const target of ["systemd", "compose"] as const) {
    const env = settingsOf(textOf(target, "kompaktcrm.env"));
    equal(faults(env), "SMTP_URL must be set in production.", target);
    const smtp = "smtps://crm:geheim@mail.example.com:465";
    const config = parseConfig({ ...env, SMTP_URL: smtp }, Deno.readTextFileSync);
    equal(config.baseUrl, "https://crm.example.com");
    equal(config.appEnv, "production");
    equal(config.databaseUrl !== undefined, target === "compose");
  }
  const cloud = textOf("ionos", "cloud-init.yaml");
  const env = settingsOf(
    cloud.slice(0, cloud.indexOf("kompaktcrm.service")).replaceAll(/^ {6}/gm, ""),
  );
  match(faults(env), /DATABASE_URL must look like/, "no database on the server by mistake");
});

Deno.test("the cloud's server keeps the user whose key its operator signs in with", () => {
  // Without `default` cloud-init makes none, and turns away the key that was given for root.
  match(textOf("ionos", "cloud-init.yaml"), /^users:\n {2}- default\n {2}- name: kompaktcrm$/m);
});

Deno.test("the proxy passes on what forms may bring, and names each request itself", () => {
  const proxy = textOf("systemd", "Caddyfile");
  ok(Number(/max_size (\d+)MB/.exec(proxy)![1]) * 1e6 > most.bytes);
  match(proxy, /header_up X-Request-Id \{http\.request\.uuid\}/);
});

Deno.test("each says how to use the command line as the service's user, with its settings", () => {
  const unit = textOf("systemd", "kompaktcrm.service");
  const told = unit.slice(0, unit.indexOf("[Unit]")).replaceAll(/\\\n#/g, "");
  const line = /systemd-run .* deno task crm doctor$/m.exec(told)![0];
  const of = (name: string) => new RegExp(`^${name}=(.+)$`, "m").exec(unit)![1]!;
  ok(line.includes(`--uid=${of("User")} `));
  ok(line.includes(`--working-directory=${of("WorkingDirectory")} `));
  ok(line.includes(`--property=EnvironmentFile=${of("EnvironmentFile")} `));
  ok(line.includes(`--property=UMask=${of("UMask")} `));
  for (const each of of("Environment").split(" ")) ok(line.includes(`--setenv=${each} `), each);
  match(textOf("compose", "Dockerfile"), /^# docker compose .* exec app deno task crm doctor$/m);
});

Deno.test("the image's user may write the runtime's caches, which the build made as root", () => {
  const [built, run] = textOf("compose", "Dockerfile").split(/^USER deno$/m);
  match(built!, /^RUN deno install .* && chown -R deno:deno .*\/deno-dir$/m);
  match(run!, /^CMD \[/m);
});

Deno.test("every target starts what `deno task start` starts, with this version of Deno", async () => {
  const { tasks } = JSON.parse(await Deno.readTextFile("deno.json"));
  const whole = targets.map((target) => filesFor(target, place).map(({ text }) => text).join("\n"));
  const [installed, started] = tasks.start.command.split(" && ");
  match(whole[0]!, new RegExp(`^ExecStart=/usr/bin/env ${started}$`, "m"));
  equal(JSON.parse(/^CMD (\[.*\])$/m.exec(whole[1]!)![1]!).join(" "), started);
  ok(whole[2]!.includes(started));
  for (const text of whole.slice(0, 3)) ok(text.includes(`${installed} --frozen`));
  const descriptors = [/^LimitNOFILE=65536$/m, /^ {6}nofile: 65536$/m, /LimitNOFILE=65536$/m];
  descriptors.forEach((limit, at) => match(whole[at]!, limit, targets[at]));
  // All of the folder goes into the image, so what is secret there is left out by name.
  const left = textOf("compose", ".dockerignore").split("\n");
  for (const { name, secret } of filesFor("compose", place)) {
    equal(secret, left.includes(`*${name.slice(name.indexOf("."))}`) && /\.env$/.test(name), name);
  }
  const readme = await Deno.readTextFile("README.md");
  const version = /deno@([\d.]+) task start/.exec(readme)![1]!;
  ok(
    whole[1]!.includes(`denoland/deno:debian-${version}\n`) &&
      whole[2]!.includes(`deno@${version}"`),
  );
  // Exit codes that no second start fixes.
  match(whole[0]!, /^RestartPreventExitStatus=75 78$/m);
});

Deno.test("the command writes them once, secrets for their owner alone", async () => {
  const out = join(dataDir, "deploy");
  const args = ["deploy-files", "--target", "compose", "--domain", "crm.example.com", "--out", out];
  const { code, out: said } = await crm(...args);
  equal(code, 0);
  equal(said.trim().split("\n").length, 7);
  equal((await Deno.stat(join(out, "kompaktcrm.env"))).mode! & 0o777, 0o600);
  const first = await Deno.readTextFile(join(out, "kompaktcrm.env"));
  equal((await crm(...args)).code, 2);
  equal(await Deno.readTextFile(join(out, "kompaktcrm.env")), first);
  await crm(...args.slice(0, -1), join(dataDir, "other"));
  ok(await Deno.readTextFile(join(dataDir, "other", "kompaktcrm.env")) !== first, "new secrets");
  for (
    const wrong of [
      ["--target", "moon", "--domain", "a.example"],
      ["--target", "systemd"],
      ["--target", "systemd", "--domain", "a b"],
      ["--target", "ionos", "--domain", "a.example"],
      ["--target", "ionos", "--domain", "a.example", "--source", "file:///x"],
    ]
  ) equal((await crm("deploy-files", ...wrong)).code, 2, wrong.join(" "));
});

Deno.test("where the database cannot be opened, the doctor says why, and checks everything else", async () => {
  const url = "postgres://crm:geheim@127.0.0.1:1/crm";
  const config = parseConfig(
    { DATABASE_URL: url, SECRET_KEY: place.secretKey, DATA_DIR: dataDir },
    Deno.readTextFileSync,
  );
  const { log } = console;
  let said = "";
  console.log = (text: string) => void (said += text);
  try {
    await rejects(doctor.run(["--json"], config), { name: "DatabaseAway" });
  } finally {
    console.log = log;
  }
  const found: { subject: string; state: string; found: string }[] = JSON.parse(said);
  deepEqual(
    found.map(({ subject }) => subject),
    ["settings", "permissions", "disk", "program", "database"],
  );
  deepEqual(found.at(-1)!.state, "fault");
  equal(
    found.at(-1)!.found,
    "does not open: The database at 127.0.0.1:1 cannot be reached: start it, or correct its URL.",
  );
  const full = Object.assign(new Error('could not extend file "base/1/2691"'), {
    name: "PostgresError",
  });
  ok(!JSON.stringify(await examineClosed(config, full)).includes("base/1/2691"));
});

Deno.test("the doctor tells when the program's files are newer than the service that runs", async () => {
  const folder = await Deno.makeTempDir();
  const lock = join(folder, "lock");
  const look = async () => (await programFiles.look(folder)).state;
  equal(await look(), "ok", "nothing runs");
  await Deno.writeTextFile(lock, `server ${Deno.pid}\n`);
  equal(await look(), "ok");
  await Deno.utime(lock, 0, 0);
  equal(await look(), "warn");
  await Deno.writeTextFile(lock, "server 999999999\n");
  await Deno.utime(lock, 0, 0);
  equal(await look(), "ok", "it has ended");
  await Deno.remove(folder, { recursive: true });
});

Deno.test("the doctor finds what is wrong, says how to fix it, and sees it fixed", async () => {
  await cast();
  const { owner, ownerUrl } = await database();
  const look = async () => {
    const { code, out } = await crm("doctor", "--json");
    const found = JSON.parse(out.trim().split("\n").at(-1)!) as {
      subject: string;
      state: string;
      found: string;
      mend: string;
    }[];
    return { code, of: (name: string) => found.find(({ subject }) => subject === name)! };
  };
  const before = await look();
  // The whole suite's server does not wait for its disk, which no real one should do.
  const [{ fsync }] = await owner<[{ fsync: string }]>`select current_setting('fsync') as fsync`;
  equal(before.of("database").state, fsync === "on" ? "ok" : "fault");
  equal(before.of("clock").state, "ok");
  equal(before.of("mail").state, "warn");

  const keys = join(dataDir, "keys");
  await Deno.mkdir(keys, { recursive: true });
  await Deno.chmod(keys, 0o755);
  await owner`
    insert into data_keys (tenant_id, id, purpose, created_at)
    select id, gen_random_uuid(), 'files', now() from tenants limit 1
  `;
  const { code, of } = await look();
  equal(code, 1);
  equal(of("permissions").state, "fault");
  match(of("permissions").mend, /^chmod 700 .*\/keys$/);
  equal(of("keys").state, "fault");
  match(of("keys").mend, /mount them from one share/);
  const [{ id }] = await owner<[{ id: string }]>`select id from data_keys`;
  await Deno.mkdir(join(keys, "data"), { recursive: true });
  await Deno.writeTextFile(join(keys, "data", id), "torn");
  const torn = (await look()).of("keys");
  deepEqual([torn.state, torn.found.split(":")[0]], ["fault", "1 of 1 data keys do not open"]);
  match(torn.mend, /^Restore DATA_DIR\/keys from its copy/);
  await Deno.remove(join(keys, "data", id));
  const shown = await crm("doctor");
  match(
    shown.out,
    /^FAULT keys {8}1 of 1 data keys are not on this machine\n {6}→ All app servers/m,
  );

  await Deno.chmod(keys, 0o700);
  await owner`delete from data_keys`;

  // Two machines at work, of which this folder knows the first.
  const [here, there] = [shares.newMachine(), shares.newMachine()];
  const pools = [here, there].map((each) =>
    openPool(ownerUrl, { max: 1, name: shares.connectionName(each) })
  );
  try {
    await Promise.all(pools.map((pool) => pool`select 1`));
    for (const folder of shares.shared) {
      await Deno.mkdir(join(dataDir, folder), { recursive: true, mode: 0o700 });
    }
    const leave = await shares.mark(owner, dataDir, here);
    await shares.mark(owner, dataDir, "0badcafe");
    await shares.mark(owner, dataDir, there);
    equal((await look()).of("shares").state, "ok", "and what a killed one left is gone");
    await Deno.remove(join(dataDir, "ledger", `.machine-${there}`));
    const apart = (await look()).of("shares");
    equal(apart.state, "fault");
    equal(apart.mend, `Mount these on all app servers from one share: ${join(dataDir, "ledger")}`);
    await leave();
    equal((await look()).of("shares").mend.split(" ").length, 13, "all four folders");
  } finally {
    await Promise.all(pools.map((pool) => pool.end({ timeout: 1 })));
  }
  const after = await look();
  deepEqual([after.of("permissions").state, after.of("keys").state], ["ok", "ok"]);
  setOffset(undefined);
});

Deno.test("the doctor checks a database of an earlier version, and changes nothing in it", async () => {
  const name = `doctor_${crypto.randomUUID().replaceAll("-", "")}`;
  const { owner, ownerUrl } = await database();
  const here = new URL(ownerUrl);
  here.pathname = `/${name}`;
  await owner.unsafe(
    `create database ${name} template template0 locale_provider libc locale 'C'`,
  );
  const older = openPool(here.href, { max: 1 });
  const config = parseConfig(
    { DATABASE_URL: here.href, SECRET_KEY: place.secretKey, DATA_DIR: dataDir },
    Deno.readTextFileSync,
  );
  const look = async () => {
    const { log } = console;
    let out = "";
    console.log = (text: string) => void (out = text);
    await doctor.run(["--json"], config).finally(() => console.log = log);
    const found = JSON.parse(out) as Record<string, string>[];
    return found.find(({ subject }) => subject === "schema")!;
  };
  try {
    equal((await look()).found, "empty");
    await older`
      create table schema_migrations (
        number int primary key, name text not null, checksum text not null,
        applied_at timestamptz not null
      )
    `;
    match((await look()).found!, /^\d+ migrations are waiting, from 0001_/);
    match((await look()).mend!, /crm migrate/);
    const tables = await older`select from pg_tables where schemaname = 'public'`;
    equal(tables.length, 1);
    // A test cluster does not wait for the disk, which the doctor would report first.
    const safe = async (pool: Sql) => ({ ...await figures.server(pool), fsync: "on", pages: "on" });
    match(faultOf(await safe(older))!.found, /capitals/);
    ok(!/capitals/.test(faultOf(await safe(owner))?.found ?? ""));
  } finally {
    await older.end({ timeout: 1 });
    await owner.unsafe(`drop database ${name} with (force)`);
  }
});

Deno.test("the doctor reports a database that is reached over the internet unencrypted", async () => {
  const { owner } = await database();
  const look = async (databaseUrl: string) => (await lookAtWay(owner, { databaseUrl })).state;
  equal(await look("postgres://crm:secret@1.1.1.1/crm"), "fault");
  equal(await look("postgres://crm:secret@[2606:4700::1111]/crm"), "fault");
  equal(await look("postgres://crm:secret@10.7.0.2/crm"), "ok");
});

Deno.test("the doctor says how to fix each fault of a mail server", async () => {
  const mend = async (smtpUrl: string) =>
    (await lookAtMail({ appEnv: "production", smtpUrl })).mend;
  const closed = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  closed.close();
  match(await mend(`smtp://a:b@127.0.0.1:${closed.addr.port}`), /Nothing listens there/);
  const bare = new SMTPServer({
    disabledCommands: ["STARTTLS"],
    onAuth: (_auth, _session, done) => done(new Error("no such user")),
  });
  const port = await new Promise<number>((done) => {
    const server = bare.listen(0, "127.0.0.1", () => done((server.address() as Listening).port));
  });
  match(await mend(`smtp://a:b@127.0.0.1:${port}`), /right user and password/);
  await new Promise<void>((done) => bare.close(done));
});

Deno.test("the doctor warns where production is reached past a proxy", () => {
  const state = (appEnv: "production" | "development", host: string) =>
    lookAtSettings({ appEnv, host, databaseUrl: "postgres://x", smtpUrl: "smtps://x" });
  for (const host of ["127.0.0.1", "127.8.8.8", "::1", "[::1]", "localhost"]) {
    equal(state("production", host).state, "ok", host);
  }
  for (
    const host of ["0.0.0.0", "::", "203.0.113.9", "81.2.69.142", "2a01:4f8::1", "10.0.0.5", "crm"]
  ) {
    const { state: found, mend } = state("production", host);
    equal(found, "warn", host);
    match(mend, /HOST=127\.0\.0\.1/);
  }
  match(state("production", "81.2.69.142").found, /from everywhere/);
  ok(!state("production", "10.0.0.5").found.includes("everywhere"));
});

/** What the tools of a system say of a file, where the system has them; null where it has not. */
async function judged(
  target: typeof targets[number],
  name: string,
  program: string,
  ...args: string[]
): Promise<string | null> {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(join(folder, name), textOf(target, name));
    const { success, stdout, stderr } = await new Deno.Command(program, {
      args: [...args, join(folder, name)],
      stdin: "null",
    }).output();
    const said = new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr);
    // nft asks the kernel, which not every user and container may do.
    if (!success && /Operation not permitted/.test(said)) {
      console.log(`SKIPPED: ${name}, as ${program} may not be used here`);
      return null;
    }
    return success ? "" : said || "refused";
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    console.log(`SKIPPED: ${name}, as ${program} is not installed here`);
    return null;
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("systemd, Caddy, cloud-init and nftables take their files, where they are installed", async () => {
  const verdicts = await Promise.all([
    judged("systemd", "kompaktcrm.service", "systemd-analyze", "verify"),
    judged("systemd", "Caddyfile", "caddy", "validate", "--adapter", "caddyfile", "--config"),
    judged("ionos", "cloud-init.yaml", "cloud-init", "schema", "--config-file"),
    judged("systemd", "kompaktcrm.nft", "/usr/sbin/nft", "--check", "--file"),
  ]);
  for (const verdict of verdicts) ok(verdict === null || verdict === "", verdict ?? "");
});
