/** Proofs of the provider's own duties: what would make a sentence false is planted, and seen. */
import { deepEqual, equal } from "node:assert/strict";
import { newId } from "../db/ids.ts";
import * as proofs from "../db/proofs.ts";
import type { ProofName } from "../db/proofs.ts";
import { cast } from "./support/cast.ts";
import { contactOf } from "./support/messages.ts";
import { breakAndMend, isGreen } from "./support/proofs.ts";
import { newMark, stock } from "./support/stock.ts";
import { drain } from "./support/worker.ts";
import { enqueue } from "../db/jobs.ts";

const { test, alice, charlie } = await cast();
const { owner } = test.db;
const control = (proof: ProofName, breaking: string, mending: string) =>
  breakAndMend(test, proof, breaking, mending);

Deno.test("2.3 sees data processed without what an agreement must settle, and only that", async () => {
  await alice.post("/settings/agreement", { name: "Alice Ahrens" });
  await charlie.post("/settings/agreement", { name: "Charlie Conrad" });
  const contact = await contactOf(alice, { lastName: "Gespeichert" });
  const where = `where tenant_id = '${alice.tenantId}'`;
  const set = (path: string, value: string) =>
    `update processing_agreements set substance = jsonb_set(substance, '${path}', ${value}) ${where}`;
  await owner.unsafe("create table kept_substance as select * from processing_agreements");
  const mend = `update processing_agreements a set substance = k.substance
    from kept_substance k where a.id = k.id and a.tenant_id = k.tenant_id`;
  const breaking = {
    "terms that lack what the law demands": set("{terms}", "'1'"),
    "no kind of data": set("{data}", "'[]'"),
    "accepted before it was noted what":
      `update processing_agreements set substance = null ${where}`,
  };
  for (const each of Object.values(breaking)) await control("agreements_accepted", each, mend);
  await control(
    "agreements_accepted",
    "update provider set name = name || ' Nachfolge'",
    "update provider set name = replace(name, ' Nachfolge', '')",
  );
  await owner`update tenants set name = name || ' KG' where id = ${alice.tenantId}`;
  const renamed = (await proofs.run(test.db.app, "agreements_accepted"))!;
  deepEqual([renamed.passed, renamed.figures.outdated, renamed.figures.uncovered], [true, 1, 0]);
  await owner`update tenants set name = replace(name, ' KG', '') where id = ${alice.tenantId}`;
  // As if an update had brought birthdays, and no longer took a measure.
  await owner.unsafe(set("{measures,0}", "'\"horses\"'"));
  await owner.unsafe(`update processing_agreements
    set substance = replace(substance::text, 'birth,', '')::jsonb
    ${where}`);
  const outcome = async () => (await proofs.run(test.db.app, "agreements_accepted"))!;
  const { passed, figures } = await outcome();
  deepEqual([passed, figures.outdated, figures.uncovered], [true, 1, 0], "nobody's is stored");
  const born = (on: string) =>
    owner.unsafe(
      `update contacts set birthday = ${on} where id = '${contact}'`,
    );
  await born("'1980-05-04'");
  equal((await outcome()).passed, false, "a birthday is stored");
  await born("null");
  equal((await outcome()).passed, true);
  await owner.unsafe(mend);
  await owner`drop table kept_substance`;
});

Deno.test("3.1 sees a place for addresses elsewhere, and visitors counted in the clear", async () => {
  await enqueue(test.db.app, "rotate_logs", null, {});
  const dataDir = await Deno.makeTempDir();
  await Deno.mkdir(`${dataDir}/logs`);
  await drain(test, { dataDir });
  await Deno.remove(dataDir, { recursive: true });
  await control(
    "addresses_shortened",
    "alter table visits add column seen_from inet",
    "alter table visits drop column seen_from",
  );
  await control(
    "addresses_shortened",
    "alter table tokens add column client_ip text",
    "alter table tokens drop column client_ip",
  );
  await control(
    "addresses_shortened",
    `insert into rate_limits (scope, key_digest, window_start, hits, expires_at)
     values ('login', '203.0.113.9', now(), 1, now() + interval '1 hour')`,
    "delete from rate_limits where octet_length(key_digest) <> 32",
  );
});

Deno.test("3.1 sees the password of a mailbox that is not sealed, and an unknown field of a log-in", async () => {
  await stock(alice, newMark());
  const [kept] = await test.db.owner<{ sealed: string }[]>`
    select encode(password_sealed, 'hex') as sealed
    from mailboxes
    where tenant_id = ${alice.tenantId}
    limit 1
  `;
  const where = `where tenant_id = '${alice.tenantId}'`;
  // What the stock writes stands for a sealed password: a real one has its length.
  const sealed = `update mailboxes set password_sealed = '\\x02${"00".repeat(60)}' ${where}`;
  equal(typeof kept!.sealed, "string");
  await test.db.owner.unsafe(sealed);
  const others = await proofs.run(test.db.app, "user_data");
  if (!others!.passed) throw new Error(JSON.stringify(others!.figures));
  await control(
    "user_data",
    `update mailboxes set password_sealed = 'ein Passwort im Klartext, das lang genug für einen Umschlag ist' ${where}`,
    sealed,
  );
  await control(
    "user_data",
    "alter table passkeys add column shoe_size int",
    "alter table passkeys drop column shoe_size",
  );
});

Deno.test("3.2 sees a mail of a kind that has another purpose, and work of no known kind", async () => {
  const mail =
    `insert into mails (id, kind, purpose, recipient, subject, body_text, body_html, created_at)
     values ('${newId()}', 'password_reset', 'communication', 'x@example.org', '', '', '', now())`;
  await control("purposes_declared", mail, "delete from mails where recipient = 'x@example.org'");
  await control(
    "purposes_declared",
    `set session_replication_role = replica;
     insert into jobs.job (id, name, data) values ('${newId()}', 'score_users', '{}');
     set session_replication_role = origin`,
    "delete from jobs.job where name = 'score_users'",
  );
  await owner.unsafe(`set session_replication_role = replica;
    insert into jobs.job (id, name, data) values ('${newId()}', 'send_delivery_code', '{}');
    set session_replication_role = origin`);
  equal(await isGreen(test, "purposes_declared"), true, "an earlier version's work is known");
  await owner`delete from jobs.job where name = 'send_delivery_code'`;
});
