/** Every other place where data are stored: each with its period, an hour before its end and an hour after. */
import { deepEqual, equal, match } from "node:assert/strict";
import { now, setOffset } from "../db/clock.ts";
import { newId } from "../db/ids.ts";
import { enqueue } from "../db/jobs.ts";
import * as proofs from "../db/proofs.ts";
import { lifetimes } from "../db/tokens.ts";
import { cast } from "./support/cast.ts";
import { mailbox } from "./support/mailbox.ts";
import { drain } from "./support/worker.ts";

const hour = 3_600_000;
const day = 24 * hour;

Deno.test("mail 3 days, jobs 7, invitations and exports 14, imports and sessions 30, history a year", async () => {
  const { alice, test } = await cast();
  const { owner, app } = test.db;
  const { tenantId, userId, identityId } = alice;
  const box = await mailbox();
  const run = async (...names: ("remove_stale" | "expire_imports" | "end_histories")[]) => {
    for (const name of names) await enqueue(app, name, null, {});
    deepEqual((await drain(test, { smtpUrl: box.smtpUrl })).failed, []);
  };
  /** Two rows, an hour younger and an hour older than the days allow. */
  const pair = (days: number) =>
    [-hour, hour].map((more) => ({
      id: newId(),
      at: new Date(now().getTime() - days * day - more),
    }));

  const mails = pair(3);
  for (const { id, at } of mails) {
    await owner`
      insert into mails (id, kind, purpose, recipient, subject, body_text, body_html, status,
        created_at, finished_at)
      values (${id}, 'x', 'legal', 'x@example.org', '', '', '', 'failed', ${at}, ${at})
    `;
  }
  const invitations = pair(14);
  for (const { id, at } of invitations) {
    await owner`
      insert into tokens (id, kind, token_digest, tenant_id, email, role, created_at, expires_at)
      values (${id}, 'invitation', ${new TextEncoder().encode(id)}, ${tenantId}, 'y@example.org',
        'member', ${at}, ${new Date(at.getTime() + lifetimes.invitation)})
    `;
  }
  const sessions = pair(30);
  for (const { id, at } of sessions) {
    await owner`
      insert into sessions (id, token_digest, identity_id, tenant_id, ip, user_agent, created_at,
        confirmed_at, last_seen_at, expires_at)
      values (${id}, ${new TextEncoder().encode(id)}, ${identityId}, ${tenantId}, '', '', ${at},
        ${at}, ${now()}, ${new Date(at.getTime() + 30 * day)})
    `;
  }
  const imports = pair(30);
  for (const { id, at } of imports) {
    await owner`
      insert into imports (tenant_id, id, kind, status, file_name, options, created_at, finished_at)
      values (${tenantId}, ${id}, 'file', 'done', 'x.csv', '{}', ${at}, ${at})
    `;
  }
  const exports = pair(14);
  for (const { id, at } of exports) {
    await owner`
      insert into exports (tenant_id, id, kind, format, purpose, extent, status, rows, created_by,
        created_at, finished_at)
      values (${tenantId}, ${id}, 'contacts', 'csv', 'backup', 'all', 'done', 1, ${userId}, ${at},
        ${at})
    `;
  }
  const history = pair(365);
  for (const [i, { at }] of history.entries()) {
    // Ids carry their time, as those of real entries do.
    const id = `0190000${i}-0000-7000-8000-${history[i]!.id.slice(-12)}`;
    history[i]!.id = id;
    await owner`
      insert into changes (tenant_id, id, record_kind, record_id, action, fields, reason, actor_kind,
        at)
      values (${tenantId}, ${id}, 'contact', ${newId()}, 'created', '[]', '', 'system', ${at})
    `;
  }

  equal((await proofs.run(app, "nothing_overdue"))!.passed, true, "an hour is within the night");
  await run("remove_stale", "expire_imports", "end_histories");
  const left = async (table: string, rows: readonly { id: string }[], more = "") => {
    const found = await owner.unsafe(`select id::text from ${table} where id = any($1) ${more}`, [
      rows.map(({ id }) => id) as never,
    ]);
    return rows.map(({ id }) => found.some((row) => row.id === id));
  };
  deepEqual(await left("mails", mails), [true, false], "mail: 3 days after its final state");
  deepEqual(await left("tokens", invitations), [true, false], "invitations: 14 days");
  deepEqual(await left("sessions", sessions), [true, false], "sessions: 30 days");
  deepEqual(
    await left("imports", imports, "and options is not null"),
    [true, false],
    "import files: 30 days",
  );
  deepEqual(
    await left("exports", exports, "and reminded_at is null"),
    [true, false],
    "exports: the copy after 14 days",
  );
  deepEqual(await left("changes", history), [true, false], "history: a year");
  const letters = await box.collect(test, alice.email);
  equal(letters.length, 1);
  match(letters[0]!.text!, /vor zwei Wochen einen Export heruntergeladen/);
  await run("end_histories");
  equal((await box.collect(test, alice.email)).length, 1, "reminded once");
  const queues = await owner<{ name: string; kept: number }[]>`
    select name, deletion_seconds as kept
    from jobs.queue
    where name <> 'dead_letters'
  `;
  for (const { name, kept } of queues) equal(kept, 7 * 86_400, `jobs: 7 days, ${name}`);

  // Positive control: what no job took away in time is seen.
  setOffset("P32D");
  equal((await proofs.run(app, "nothing_overdue"))!.passed, false);
  const { figures } = (await proofs.run(app, "nothing_overdue"))!;
  for (const store of ["imports", "mails", "sessions", "changes"]) {
    equal(Number(figures[store]) >= 1, true, store);
  }
  await run("remove_stale", "expire_imports", "end_histories");
  const after = (await proofs.run(app, "nothing_overdue"))!;
  equal(after.passed, true, JSON.stringify(after.figures));
  setOffset(undefined);

  // A tenant that wants less: job and proof go by its months.
  await owner`
    insert into retention_settings (
      tenant_id, prospect, lost_deal, applicant, claim, history, confirm_days
    )
    values (${tenantId}, 24, 24, 6, 36, 3, 30)
  `;
  const shorter = pair(100).map(({ id }, i) => ({
    id: `0190000${i}-0001-7000-8000-${id.slice(-12)}`,
    at: new Date(now().getTime() - [100, 80][i]! * day),
  }));
  for (const { id, at } of shorter) {
    await owner`
      insert into changes (
        tenant_id, id, record_kind, record_id, action, fields, reason, actor_kind, at
      )
      values (${tenantId}, ${id}, 'contact', ${newId()}, 'created', '[]', '', 'system', ${at})
    `;
  }
  equal((await proofs.run(app, "nothing_overdue"))!.figures.changes, 1);
  await run("end_histories");
  deepEqual(await left("changes", shorter), [false, true], "a tenant's own three months");
  equal((await proofs.run(app, "nothing_overdue"))!.passed, true);
  await box.close();
});
