/** The command line: the same actions as the pages, exit codes that scripts can rely on. */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import * as identities from "../db/identities.ts";
import * as passwords from "../db/passwords.ts";
import { crm, crmProcess, file } from "./support/commands.ts";
import { database } from "./support/db.ts";
import { goodPassword } from "./support/passwords.ts";

const setUp = async (password: string, ...more: string[]) => [
  ...["setup", "--company", "Nordlicht Handel GmbH", "--dpo-email", "dsb@example.org"],
  ...["--admin-name", "Anna Ott", "--admin-email", "anna@example.org"],
  ...["--admin-password-file", await file("password", `${password}\n`), ...more],
];

Deno.test("each command answers --help, and misuse ends with 2", async () => {
  const overview = await crm();
  const help = await crm("setup", "--help");
  const unknown = await crmProcess("destroy");
  const option = await crm("setup", "--force");
  const missing = await crm("setup", "--company", "X");
  deepEqual([overview.code, help.code, unknown.code, option.code, missing.code], [2, 0, 2, 2, 2]);
  for (const name of ["setup", "migrate", "user", "job", "proof"]) {
    match(overview.out, new RegExp(name));
  }
  match(help.out, /--admin-password-file/);
  match(missing.err, /--admin-name is missing/);
});

Deno.test("-h and help NAME answer as --help does", async () => {
  const [overview, setup] = [await crm("--help"), await crm("setup", "--help")];
  deepEqual(await crm("-h"), overview);
  deepEqual(await crm("help"), overview);
  deepEqual(await crm("help", "setup"), setup);
  deepEqual(await crm("setup", "-h"), setup);
});

Deno.test("an argument too many does nothing but end with 2", async () => {
  const lines = [
    ["backup", "list"],
    ["doctor", "json"],
    ["migrate", "now"],
    ["keys", "list", "all"],
    ["ledger", "accept", "it"],
    ["job", "sessions.sweep", "now"],
    ["restore", "one", "two"],
    ["files", "move", "bucket", "--to", "bucket"],
    ["export", "contacts", "--kind", "contacts", "--format", "csv"],
    ["user", "list", "owners"],
    await setUp(goodPassword, "demo"),
  ];
  for (const line of lines) {
    const { code, out, err } = await crm(...line);
    equal(code, 2, line.join(" "));
    equal(out, "", line.join(" "));
    match(err, /^unexpected argument \S+\.\n/, line.join(" "));
  }
});

Deno.test("what is missing or cannot be read is named, as misuse", async () => {
  const said = {
    keys: "the action is missing: use list, rotate or replace",
    "keys wrap": "unknown action wrap: use list, rotate or replace",
    ledger: "the action is missing: use accept",
    user: "the action is missing: use list, add, role, .* or reset-link",
    job: "NAME is missing",
    "verify /no/file": "FILE names a file that cannot be read",
    "verify /no/file --keys /no/keys": "--keys names a file that cannot be read",
    "deploy-files --target systemd --domain a.example --out /dev/null/x":
      "--out must be a folder that can be written to: /dev/null/x",
  };
  for (const [line, sentence] of Object.entries(said)) {
    const { code, err } = await crm(...line.split(" "));
    equal(code, 2, `${line}: ${err}`);
    match(err, new RegExp(`^${sentence}`), line);
  }
});

Deno.test("a key that is not base64 is misuse, and says so", async () => {
  const before = await file("before", "not a key!\n");
  const { code, err } = await crm("keys", "replace", "--before", before);
  equal(code, 2, err);
  match(err, /--before: the file contains no key/);
});

Deno.test("setup does once what the page does, and refuses what the page refuses", async () => {
  const { owner } = await database();
  const weak = await crm(...await setUp("Passwort2024"));
  equal(weak.code, 2);
  ok(!weak.err.includes("Passwort2024"));
  const done = await crmProcess(...await setUp(goodPassword));
  equal(done.code, 0, done.err);
  match(done.out, /complete at \/operator\/provider: legal form, street, postal code, city/);
  const anna = await identities.lookup(owner, "anna@example.org");
  ok(anna!.operator && await passwords.verify(anna!.passwordHash, goodPassword));
  const [tenant] = await owner`select slug from tenants`;
  equal(tenant!.slug, "nordlicht-handel-gmbh");
  const again = await crm(...await setUp(goodPassword));
  equal(again.code, 1);
  match(again.err, /already been set up/);
});

Deno.test("user adds, lists, changes and shuts out, but never the last owner", async () => {
  const ben = ["--email", "ben@example.org"];
  const french = ["--name", "Ben Ude", "--role", "member", "--locale", "fr"];
  match((await crm("user", "add", ...ben, ...french)).err, /--locale must be de or en/);
  const added = await crm("user", "add", ...ben, "--name", "Ben Ude", "--role", "member");
  equal(added.code, 0, added.err);
  await crm("user", "role", ...ben, "--role", "admin");
  await crm("user", "deactivate", ...ben);
  const { out } = await crm("user", "list");
  deepEqual(out.trim().split("\n"), [
    "anna@example.org\tAnna Ott\towner\tactive",
    "ben@example.org\tBen Ude\tadmin\tdeactivated",
  ]);
  const last = await crm("user", "deactivate", "--email", "anna@example.org");
  equal(last.code, 2);
  match(last.err, /There has to be at least one owner/);
  const link = await crm("user", "reset-link", "--email", "anna@example.org");
  match(link.out, /^http:\/\/localhost:8000\/passwords\/[\w-]{43}\n$/);
});

Deno.test("only the machine's owner lets an operator who has lost every factor in again", async () => {
  const { owner } = await database();
  const anna = (await identities.lookup(owner, "anna@example.org"))!;
  await owner`
    insert into passkeys (
      identity_id, id, credential_id, public_key, counter, backed_up, name, created_at
    ) values (${anna.id}, gen_random_uuid(), 'old-address', '\\x00', 0, false, 'Laptop', now())
  `;
  const left = async () =>
    (await owner`select from passkeys where identity_id = ${anna.id}`).length;
  equal((await crm("user", "reset-factors", "--email", "nobody@example.org")).code, 2);
  equal(await left(), 1);
  const done = await crm("user", "reset-factors", "--email", "anna@example.org");
  equal(done.code, 0, done.err);
  equal(await left(), 0);
  const lines =
    await owner`select from mails where kind = 'factors_reset' and recipient = ${anna.email}`;
  equal(lines.length, 1);
});

Deno.test("job runs one job of the timetable, migrate finds nothing to do", async () => {
  const [job, odd, migrated] = [
    await crm("job", "remove_stale"),
    await crm("job", "send_mail"),
    await crm("migrate"),
  ];
  deepEqual([job.code, odd.code, migrated.code], [0, 2, 0]);
  match(job.out, /remove_stale is done/);
  match(migrated.out, /up to date/);
});

Deno.test("keys counts the data keys and rewraps them", async () => {
  equal((await crm("keys", "rotate")).out, "0 data keys rewrapped.\n");
  equal((await crm("keys", "list")).out, "0 data keys.\n");
  equal((await crm("keys", "burn")).code, 2);
});

Deno.test("proof prints the state of each clause, and exits with 1 where one is broken", async () => {
  const kept = await crm("proof", "purposes_declared");
  equal(kept.code, 0, kept.err);
  match(kept.out, /^kept\tpurposes_declared\t3\.2\t/);
  // Nothing is published yet.
  const broken = await crm("proof", "policy_text", "--json");
  equal(broken.code, 1);
  const { proof, passed } = JSON.parse(broken.out);
  deepEqual([proof, passed], ["policy_text", false]);
  equal((await crm("proof", "luck")).code, 2);
});
