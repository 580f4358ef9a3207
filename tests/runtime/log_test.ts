/** Log lines: whole, one per event, and without anything personal. */

import { deepEqual, equal, match, ok } from "node:assert/strict";
import { describe, flushLogs, type LogClass, logger, openLogs, redact } from "../../db/log.ts";

const dataDir = await Deno.makeTempDir({ prefix: "kompaktcrm-log-" });
openLogs(dataDir);
globalThis.addEventListener("unload", () => Deno.removeSync(dataDir, { recursive: true }));

async function lines(stream: LogClass): Promise<Record<string, unknown>[]> {
  await flushLogs();
  const found: Record<string, unknown>[] = [];
  for (const { name } of Deno.readDirSync(`${dataDir}/logs`)) {
    if (!name.startsWith(`${stream}-`)) continue;
    const text = Deno.readTextFileSync(`${dataDir}/logs/${name}`);
    found.push(...text.trimEnd().split("\n").map((line) => JSON.parse(line)));
  }
  return found;
}

Deno.test("fields outside the list never reach a file", async () => {
  const careless = { count: 3, email: "canary@example.org", body: "canary", password: "canary" };
  logger("app", "test").info("imported", careless);
  const line = (await lines("app")).find(({ event }) => event === "imported")!;
  equal(line.count, 3);
  deepEqual(Object.keys(line).sort(), ["count", "event", "level", "process", "time"]);
});

Deno.test("lines of jobs, mails and audits are in separate files", async () => {
  for (const stream of ["audit", "jobs", "mail"] as const) {
    logger(stream, "test").info(`of ${stream}`);
    deepEqual((await lines(stream)).map(({ event }) => event), [`of ${stream}`]);
  }
  ok(!(await lines("app")).some(({ event }) => String(event).startsWith("of ")));
});

Deno.test("an error is logged by class, code and place, not by what a user typed", async () => {
  const error = Object.assign(new Error("no contact named canary"), {
    code: "23505",
    detail: "Key (email)=(canary@example.org) already exists.",
  });
  logger("app", "test").error("it failed", error);
  const text = JSON.stringify((await lines("app")).find(({ event }) => event === "it failed"));
  ok(!text.includes("canary"), text);
  ok(text.includes("23505") && text.includes("log_test.ts"), text);
});

Deno.test("a message of the runtime stays, its quoted values go", () => {
  const thrown = (() => {
    try {
      return new URL("canary address");
    } catch (error) {
      return error;
    }
  })();
  const { name, message } = describe(thrown);
  deepEqual({ name, message }, { name: "TypeError", message: "Invalid URL: '…'" });
});

Deno.test("line ends and control characters cannot forge another line", async () => {
  logger("app", "test").warn('a\r\n{"event":"forged"}\u2028b\u001b[2J');
  const found = await lines("app");
  ok(!found.some(({ event }) => event === "forged"));
  ok(found.some(({ event }) => String(event).startsWith("a ")));
});

for (
  const text of [
    "mail to canary@example.org failed",
    "Key (email)=(canary (a)) exists",
    'invalid input syntax for type uuid: "canary"',
    "near 'canary'",
    "„canary“ is no name",
    "postgres://user:canary@host/db",
    "smtp://canary@example.org:canary@host",
  ]
) {
  Deno.test(`redaction empties: ${text.replaceAll("canary", "…")}`, () => {
    ok(!redact(text).includes("canary"), redact(text));
  });
}

Deno.test("an apostrophe in a word is no quotation", () => {
  equal(redact("the server doesn't answer and won't"), "the server doesn't answer and won't");
});

Deno.test("the access log keeps the address and drops the query", async () => {
  logger("access", "test").request({
    method: "GET",
    route: "/contacts?q=canary#canary",
    status: 200,
    ms: 1.26,
    ip: "192.0.2.7",
    ...{ agent: "canary", email: "canary@example.org" },
  });
  const [line] = await lines("access");
  equal(line!.route, "/contacts");
  equal(line!.ip, "192.0.2.7");
  equal(line!.ms, 1.3);
  ok(!JSON.stringify(line).includes("canary"));
  ok(!JSON.stringify(await lines("app")).includes("192.0.2.7"));
});

Deno.test("a method name invented by a visitor is in no log", async () => {
  const entry = { route: "/login", status: 403, ms: 1 };
  for (const method of ["MaxMustermann", "PATCH"]) {
    logger("access", "test").request({ method, ...entry });
  }
  const methods = (await lines("access")).slice(-2).map(({ method }) => method);
  deepEqual(methods, ["other", "PATCH"]);
});

Deno.test("processes that write at once never mix their lines", async () => {
  const writer = `
    import { flushLogs, logger, openLogs } from ${
    JSON.stringify(import.meta.resolve("../../db/log.ts"))
  };
    openLogs(Deno.args[0]);
    const log = logger("app", "writer");
    for (let n = 0; n < 2000; n++) {
      log.debug("line", { count: n, kind: "x".repeat(200) });
      if (n % 100 === 0) await flushLogs();
    }
    await flushLogs();
  `;
  const path = `${dataDir}/writer.ts`;
  await Deno.writeTextFile(path, writer);
  await Promise.all([1, 2, 3].map(async () => {
    const { success } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", "--no-remote", path, dataDir],
      stdout: "null",
    }).output();
    ok(success);
  }));
  equal((await lines("app")).filter(({ event }) => event === "line").length, 6000);
});

Deno.test("the terminal names nobody by an id, the file does", async () => {
  const id = crypto.randomUUID();
  const writer = `
    import { flushLogs, logger, openLogs } from ${
    JSON.stringify(import.meta.resolve("../../db/log.ts"))
  };
    openLogs(Deno.args[0]);
    const id = Deno.args[1];
    logger("audit", "writer").info("signed in", { userId: id, tenantId: id, kind: "password" });
    logger("jobs", "writer").warn("job failed", { jobId: id, recordId: id, job: "send_mail" });
    logger("access", "writer").request({ method: "GET", route: "/contacts/:id", status: 200, ms: 4,
      ip: "192.0.2.7", requestId: id, userId: id, tenantId: id });
    await flushLogs();
  `;
  const path = `${dataDir}/teller.ts`;
  await Deno.writeTextFile(path, writer);
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-remote", path, dataDir, id],
  }).output();
  const said = new TextDecoder().decode(stdout);
  match(said, /writer signed in kind=password\n/);
  match(said, /writer warn job failed job=send_mail\n/);
  match(said, /writer GET \/contacts\/:id 200 4 ms\n/);
  ok(!said.includes(id) && !said.includes("192.0.2.7"), said);
  equal((await lines("audit")).find(({ event }) => event === "signed in")?.userId, id);
});

Deno.test("a package's folder is no e-mail address", () => {
  equal(
    redact(
      "at f (file:///srv/crm/node_modules/.deno/postgres@3.4.9/node_modules/postgres/a.js:1:2)",
    ),
    "at f (npm:postgres/a.js:1:2)",
  );
});
