/** Mailboxes through HTTP: connecting them, what their pages show, and what is kept secret. */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import * as mailboxes from "../db/mailboxes.ts";
import { pauseAfter } from "../db/mailboxes/runs.ts";
import { isPublic } from "../db/network_addresses.ts";
import * as sealedSecrets from "../db/sealed_secrets.ts";
import { errors, type Fields } from "./support/app.ts";
import { cast, type Person } from "./support/cast.ts";
import { secretKey } from "./support/db.ts";
import { idOf, text, values } from "./support/html.ts";

const secret = "s3hr-geheimes-Passwort";
const fields: Fields = {
  name: "Vertrieb",
  address: "vertrieb@haus.example",
  host: "imap.haus.example",
  port: "993",
  security: "tls",
  username: "vertrieb",
  password: secret,
  days: "30",
};

/** Connects a mailbox; its id. */
async function connect(person: Person, more: Fields = {}): Promise<string> {
  const answer = await person.post("/settings/mailboxes/new", { ...fields, ...more });
  equal(answer.status, 303, answer.status === 422 ? await text(answer) : "");
  return idOf(answer);
}

const page = async (person: Person, path: string) => await text(await person.get(path));

Deno.test("a mailbox is connected once, read at once, and its password is never shown again", async () => {
  const { alice, test } = await cast();
  const form = await (await alice.get("/settings/mailboxes/new")).text();
  deepEqual([values(form, "port"), values(form, "address")], [["993"], [alice.email]]);
  const sent = { id: values(form, "id")[0]! };
  const id = await connect(alice, sent);
  equal(await connect(alice, sent), id);
  const rows = await test.db.owner`
    select * from mailboxes where tenant_id = ${alice.tenantId}
  `;
  equal(rows.length, 1);
  ok(!JSON.stringify(rows).includes(secret));
  ok(!new TextDecoder("latin1").decode(rows[0]!.passwordSealed).includes(secret));
  const jobs = await test.db.owner`
    select data from jobs.job where name = 'check_mailbox' and data ->> 'mailboxId' = ${id}
  `;
  deepEqual(jobs.map(({ data }) => data), [{ mailboxId: id, tenantId: alice.tenantId }]);
  for (const path of ["", `/${id}`, `/${id}/edit`]) {
    const html = await (await alice.get(`/settings/mailboxes${path}`)).text();
    ok(!html.includes(secret), path);
    ok(html.includes("vertrieb@haus.example"), path);
  }
  match(await page(alice, `/settings/mailboxes/${id}`), /wird geprüft/);
});

Deno.test("a mailbox that is not read is reported where its mails are missing", async () => {
  const { alice, bob, test } = await cast();
  const id = await connect(alice);
  const { owner } = test.db;
  const fail = (code: string | null, failures: number) =>
    owner`update mailboxes set error_code = ${code}, failures = ${failures} where id = ${id}`;
  const warning = /Das Postfach „Vertrieb“ wird nicht gelesen\. Der Server lehnt .* ab\./;
  ok(!warning.test(await page(alice, "/inbox")));
  await fail("auth", 1);
  match(await page(alice, "/inbox"), warning);
  match(await (await alice.get("/inbox")).text(), new RegExp(`href="/settings/mailboxes/${id}"`));
  ok(!/nicht gelesen/.test(await page(bob, "/inbox")), "it is nobody else's");
  await fail("timeout", 1);
  ok(!/nicht gelesen/.test(await page(alice, "/inbox")), "one more try fixes that");
  await fail("timeout", 3);
  match(await page(alice, "/inbox"), /nicht gelesen\. Der Server antwortet nicht rechtzeitig/);
});

Deno.test("of two who save a mailbox at the same moment the second gets a message", async () => {
  const { alice, test } = await cast();
  const id = await connect(alice);
  const { owner } = test.db;
  const waits = async () => {
    const [row] = await owner`
      select from pg_stat_activity
      where wait_event_type = 'Lock' and query like '%update mailboxes%' and pid <> pg_backend_pid()
    `;
    return row !== undefined;
  };
  let second: Promise<Response>;
  await owner.begin(async (sql) => {
    await sql`update mailboxes set name = 'Erste Hand', version = version + 1 where id = ${id}`;
    second = alice.post(`/settings/mailboxes/${id}/edit`, {
      ...fields,
      name: "Zweite Hand",
      version: "1",
    });
    while (!await waits()) await new Promise((done) => setTimeout(done, 25));
  });
  equal((await second!).status, 409);
  const [row] = await owner`select name from mailboxes where id = ${id}`;
  equal(row!.name, "Erste Hand");
});

Deno.test("each fault is shown beside its field, and what was typed stays, except the password", async () => {
  const { alice } = await cast();
  const answer = await alice.post("/settings/mailboxes/new", {
    ...fields,
    address: "keine",
    host: "nicht erlaubt!",
    port: "99999",
    name: "",
    password: "",
  });
  equal(answer.status, 422);
  const html = await answer.text();
  const words = await text(new Response(html));
  for (
    const part of [
      "Keine gültige E-Mail-Adresse",
      "Geben Sie einen Servernamen an",
      "Höchstens 65.535",
      "Diese Angabe fehlt",
    ]
  ) {
    ok(words.includes(part), part);
  }
  deepEqual(values(html, "host"), ["nicht erlaubt!"]);
  deepEqual(values(html, "password"), [""]);
  for (
    const host of [
      "a b",
      "a/b",
      "a:993",
      "-a.example",
      "a..example",
      "ä.example",
      "[::1]",
      "a,b",
      "a%00b",
      `${"a".repeat(64)}.example`,
    ]
  ) {
    equal((await alice.post("/settings/mailboxes/new", { ...fields, host })).status, 422, host);
  }
});

Deno.test("an own mailbox is private, a shared one is managed by admins", async () => {
  const { alice, bob, vera, charlie } = await cast();
  const own = await connect(bob, { name: "Bobs Postfach" });
  const shared = await connect(alice, { name: "Info", shared: "on" });
  // A member's tick makes nothing shared.
  const wished = await connect(bob, { name: "Wunsch", shared: "on" });
  equal((await alice.get(`/settings/mailboxes/${wished}`)).status, 404);
  ok(!(await page(alice, "/settings/mailboxes")).includes("Bobs Postfach"));
  equal((await alice.get(`/settings/mailboxes/${own}`)).status, 404);
  match(await page(bob, "/settings/mailboxes"), /Info gemeinsam/);
  equal((await bob.get(`/settings/mailboxes/${shared}`)).status, 200);
  for (const action of ["edit", "checks", "folders", "removal"]) {
    equal((await bob.post(`/settings/mailboxes/${shared}/${action}`, fields)).status, 403, action);
    equal(
      (await charlie.post(`/settings/mailboxes/${shared}/${action}`, fields)).status,
      404,
      action,
    );
    equal((await vera.post(`/settings/mailboxes/${shared}/${action}`, fields)).status, 403, action);
  }
  equal((await vera.get("/settings/mailboxes")).status, 403);
});

Deno.test("the kept password goes to no other server than the one it was given for", async () => {
  const { alice, test } = await cast();
  const id = await connect(alice);
  const edit = (more: Fields) =>
    alice.post(`/settings/mailboxes/${id}/edit`, {
      ...fields,
      password: "",
      version: "1",
      ...more,
    });
  for (
    const more of [{ host: "imap.boese.example" }, { port: "143" }, { username: "anders" }, {
      security: "starttls",
    }] as Fields[]
  ) {
    const answer = await edit(more);
    equal(answer.status, 422);
    match(await text(answer), /Geben Sie das Passwort noch einmal ein/);
  }
  equal((await edit({ name: "Anders genannt" })).status, 303);
  const claimed = await alice.scope((scope) => mailboxes.take(scope, test.services.config, id));
  equal(claimed!.password, secret);
  equal(claimed!.host, "imap.haus.example");
  const stale = await edit({ version: "1" });
  equal(stale.status, 409);
  match(await text(stale), /inzwischen geändert/);
  equal((await edit({ version: "2", host: "imap.neu.example", password: "neu" })).status, 303);
  await test.db.owner`update mailboxes set claimed_until = null where id = ${id}`;
  const after = await alice.scope((scope) => mailboxes.take(scope, test.services.config, id));
  deepEqual([after!.host, after!.password], ["imap.neu.example", "neu"]);
});

Deno.test("the page says in plain words what went wrong, and what to do", async () => {
  const { alice, test } = await cast();
  const id = await connect(alice);
  const codes = [
    "auth",
    "certificate",
    "closed",
    "folder",
    "host",
    "not_encrypted",
    "permission",
    "private",
    "refused",
    "scanner",
    "secret",
    "throttled",
    "timeout",
    "unexpected",
  ];
  for (const code of codes) {
    await test.db.owner`
      update mailboxes
      set error_code = ${code}, failures = 1, began_at = now(), finished_at = now(),
        due_at = now() + interval '1 hour'
      where id = ${id}
    `;
    const shown = await page(alice, `/settings/mailboxes/${id}`);
    match(shown, /Fehler/);
    ok(!/error_|mailboxes\./.test(shown), code);
  }
  await test.db.owner`update mailboxes set error_code = null where id = ${id}`;
  match(await page(alice, `/settings/mailboxes/${id}`), /in Ordnung/);
});

Deno.test("folders are chosen among those that the server has; another one is read from its beginning", async () => {
  const { alice, test } = await cast();
  const id = await connect(alice);
  await test.db.owner`update mailboxes set folders = '{INBOX,Gesendet,Archiv}' where id = ${id}`;
  await test.db.owner`
    update mailbox_folders set uid_validity = 7, last_uid = 9 where mailbox_id = ${id}
  `;
  const choose = (inbox: string, sent: string) =>
    alice.post(`/settings/mailboxes/${id}/folders`, { inbox, sent });
  await choose("INBOX", "Gesendet");
  const read = () => alice.scope(async (scope) => (await mailboxes.find(scope, id)).read);
  deepEqual((await read()).map(({ role, path, lastUid }) => [role, path, lastUid]), [[
    "inbox",
    "INBOX",
    9,
  ], ["sent", "Gesendet", 0]]);
  await choose("Archiv", "");
  deepEqual((await read()).map(({ role, path, lastUid }) => [role, path, lastUid]), [[
    "inbox",
    "Archiv",
    0,
  ]]);
  await choose("Gibt es nicht", "../../etc");
  deepEqual((await read()).map(({ path }) => path), ["Archiv"]);
});

Deno.test("a disconnected mailbox is gone, its secret with it", async () => {
  const { alice, test } = await cast();
  const id = await connect(alice);
  equal((await alice.post(`/settings/mailboxes/${id}/removal`)).status, 303);
  equal((await alice.get(`/settings/mailboxes/${id}`)).status, 404);
  const [row] = await test.db.owner`select count(*)::int as n from mailboxes where id = ${id}`;
  equal(row!.n, 0);
});

Deno.test("production takes neither clear text nor a server of our own network", async () => {
  const { alice, test } = await cast();
  const { config } = test.services;
  Object.assign(test.services, { config: { ...config, appEnv: "production" } });
  try {
    const session = alice.cookies.get("session")!;
    alice.cookies.set("__Host-session", session);
    const plain = await alice.post("/settings/mailboxes/new", { ...fields, security: "none" });
    equal(plain.status, 422);
    for (
      const host of [
        "127.0.0.1",
        "localhost",
        "10.0.0.1",
        "169.254.169.254",
        "imap.local",
        "imap",
        "2130706433",
        "0x7f.1",
        "192.168.1.1",
      ]
    ) {
      const answer = await alice.post("/settings/mailboxes/new", { ...fields, host });
      equal(answer.status, 422, host);
    }
    equal((await alice.post("/settings/mailboxes/new", fields)).status, 303);
    ok(!(await (await alice.get("/settings/mailboxes/new")).text()).includes('value="none"'));
  } finally {
    Object.assign(test.services, { config });
  }
});

Deno.test("the number of a tenant's mailboxes is limited", async () => {
  const { alice, test } = await cast();
  await connect(alice);
  await test.db.owner`
    insert into mailboxes (tenant_id, id, name, address, host, port, security, username, password_sealed, since_on, due_at, created_at, updated_at)
    select tenant_id, gen_random_uuid(), name, address, host, port, security, username, password_sealed, since_on, due_at, created_at, updated_at
    from mailboxes, generate_series(2, ${mailboxes.most})
    where tenant_id = ${alice.tenantId}
  `;
  const answer = await alice.post("/settings/mailboxes/new", fields);
  equal(answer.status, 422);
  match(await text(answer), /Mehr Postfächer lassen sich nicht anlegen/);
});

Deno.test("a user's address for copies is made, renewed and removed on the account page", async () => {
  const { alice, vera, test } = await cast();
  ok(!(await page(alice, "/account")).includes("Adresse für Kopien"), "no mail is taken here");
  const { config } = test.services;
  const inbound = {
    protocol: "smtp",
    host: "127.0.0.1",
    port: 1,
    domain: "in.crm.example",
  } as const;
  Object.assign(test.services, { config: { ...config, inbound } });
  try {
    const address = async () =>
      /([a-z2-7]{16}@in\.crm\.example)/.exec(await page(alice, "/account"))?.[1] ?? null;
    match(await page(alice, "/account"), /Noch keine Adresse/);
    await alice.post("/account/address");
    const first = await address();
    ok(first);
    await alice.post("/account/address");
    const second = await address();
    ok(second && second !== first);
    await alice.post("/account/address/removal");
    equal(await address(), null);
    equal((await vera.post("/account/address")).status, 403);
    ok(!(await page(vera, "/account")).includes("Adresse für Kopien"));
  } finally {
    Object.assign(test.services, { config });
  }
});

Deno.test("a failing mailbox is tried at growing intervals, a refused password hourly at most", () => {
  const minutes = (failures: number, code: string | null) => pauseAfter(failures, code) / 60_000;
  deepEqual(
    [minutes(0, null), minutes(1, "timeout"), minutes(2, "timeout"), minutes(3, "timeout")],
    [5, 5, 10, 20],
  );
  equal(minutes(50, "timeout"), 360);
  equal(minutes(7, "permission"), 1 / 3);
  deepEqual([minutes(1, "auth"), minutes(20, "auth")], [60, 360]);
});

Deno.test("addresses of our own networks are recognised in every notation", () => {
  for (
    const address of [
      "127.0.0.1",
      "10.1.2.3",
      "172.16.0.1",
      "192.168.0.1",
      "169.254.169.254",
      "100.64.0.1",
      "0.0.0.0",
      "::1",
      "::",
      "fe80::1",
      "fc00::1",
      "::ffff:127.0.0.1",
      "::ffff:7f00:1",
      "224.0.0.1",
      "",
      "x",
    ]
  ) {
    equal(isPublic(address), false, address);
  }
  for (const address of ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946"]) {
    equal(isPublic(address), true, address);
  }
});

Deno.test("a sealed secret opens for its own use only, and not at all when a bit is turned", () => {
  const sealed = sealedSecrets.seal(secretKey, "mailbox a", secret);
  equal(sealedSecrets.open(secretKey, "mailbox a", sealed), secret);
  const fails = (use: string, bytes: Uint8Array) => {
    try {
      sealedSecrets.open(secretKey, use, bytes);
      return false;
    } catch (error) {
      return error instanceof sealedSecrets.SecretBroken;
    }
  };
  ok(fails("mailbox b", sealed));
  for (let at = 0; at < sealed.length; at++) {
    const turned = Uint8Array.from(sealed);
    turned[at]! ^= 1;
    ok(fails("mailbox a", turned), String(at));
  }
  ok(fails("mailbox a", new Uint8Array()));
  ok(!sealed.equals(sealedSecrets.seal(secretKey, "mailbox a", secret)));
});

Deno.test("no form causes a server error", async () => {
  const { alice } = await cast();
  const id = await connect(alice);
  const odd: Fields[] = [{}, { name: "\0", host: "\0", port: "-1", days: "x" }, {
    name: "a".repeat(9_999),
  }, { security: ["tls", "none"], version: "1e9", inbox: ["a", "b"] }];
  for (const each of odd) {
    for (const path of ["new", `${id}/edit`, `${id}/folders`, `${id}/checks`]) {
      ok((await alice.post(`/settings/mailboxes/${path}`, each)).status < 500, path);
    }
  }
  deepEqual(errors, []);
});
