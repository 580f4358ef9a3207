/** The proofs of 6.1 to 6.6: green on a sound installation, red when what they check is broken. */
import { equal, ok } from "node:assert/strict";
import * as caseItems from "../db/case_items.ts";
import { now, setOffset } from "../db/clock.ts";
import { newId } from "../db/ids.ts";
import { enqueue } from "../db/jobs.ts";
import * as proofs from "../db/proofs.ts";
import type { ProofName } from "../db/proofs.ts";
import { cast } from "./support/cast.ts";
import { mailbox } from "./support/mailbox.ts";
import { contactOf } from "./support/messages.ts";
import { request, within } from "./support/officers.ts";
import { breakAndMend } from "./support/proofs.ts";
import { stock } from "./support/stock.ts";
import { drain } from "./support/worker.ts";

const officer = { kind: "officer", id: null } as const;
const { test, alice } = await cast();
const box = await mailbox();
const control = (proof: ProofName, breaking: string, mending: string) =>
  breakAndMend(test, proof, breaking, mending);

Deno.test.afterAll(async () => {
  setOffset(undefined);
  await box.close();
});

Deno.test("6.1 to 6.6 sees an overdue request, a receipt and a refusal that nobody got, a wrong date", async () => {
  await request(test, alice.tenantId, ["access"]);
  await drain(test, { smtpUrl: box.smtpUrl });
  const of = `tenant_id = '${alice.tenantId}'`;
  await control(
    "requests_in_time",
    `update cases set due_on = due_on - 90, unshifted_on = unshifted_on - 90 where ${of}`,
    `update cases set due_on = due_on + 90, unshifted_on = unshifted_on + 90 where ${of}`,
  );
  await control(
    "requests_in_time",
    `update cases set due_on = due_on + 1 where ${of}`,
    `update cases set due_on = due_on - 1 where ${of}`,
  );
  await control(
    "requests_in_time",
    `update cases set acknowledged_at = null, created_at = created_at - interval '1 hour' where ${of}`,
    `update cases set acknowledged_at = now() where ${of}`,
  );
  await control(
    "requests_in_time",
    `update case_items set status = 'refused', closed_at = now() - interval '1 hour',
       ground = 'other', paragraph = 'x', reason = 'x' where ${of}`,
    `update case_items set status = 'new', closed_at = null where ${of}`,
  );
  // Art. 12(3), (6): a clock that stands still, or runs longer, without a word to the person.
  await control(
    "requests_in_time",
    `update cases set paused_at = now() - interval '1 hour' where ${of}`,
    `update cases set paused_at = null where ${of}`,
  );
  const untold = async () =>
    (await proofs.run(test.db.app, "requests_in_time"))!.figures.untold as number;
  const before = await untold();
  await test.db.owner.unsafe(
    `update cases set extended_at = now() - interval '1 hour', extension_reason = 'x' where ${of}`,
  );
  ok(await untold() > before);
  await test.db.owner.unsafe(
    `update cases set extended_at = null, extension_reason = '' where ${of}`,
  );
  await control(
    "requests_in_time",
    "alter table case_items add constraint none check (claimed_right <> 'portability') not valid",
    "alter table case_items drop constraint none",
  );
});

Deno.test("6.1 to 6.6 sees a wrong date in the oldest of more than a thousand requests", async () => {
  const { id, number } = await request(test, alice.tenantId, ["access"]);
  await drain(test, { smtpUrl: box.smtpUrl });
  const columns = (await test.db.owner<{ name: string }[]>`
    select attname as name
    from pg_attribute
    where attrelid = 'cases'::regclass
      and attnum > 0
      and attgenerated = ''
      and attname not in ('id', 'number')
  `).map(({ name }) => `"${name}"`).join(", ");
  const later = `number like 'DS-Z%-ZZ' and tenant_id = '${alice.tenantId}'`;
  await test.db.owner.unsafe(
    `insert into cases (id, number, ${columns})
     select ('ffffffff-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, 'DS-Z' || upper(lpad(to_hex(n), 3, '0')) || '-ZZ',
       ${columns}
     from cases cross join generate_series(1, 1100) n where number = '${number}'`,
  );
  await test.db.owner.unsafe(
    `update cases set received_at = received_at + interval '1 hour' where ${later}`,
  );
  await control(
    "requests_in_time",
    `update cases set target_on = target_on - 1 where id = '${id}'`,
    `update cases set target_on = target_on + 1 where id = '${id}'`,
  );
  await test.db.owner.unsafe(`delete from cases where ${later}`);
});

Deno.test("6.1 to 6.6 sees a step that was changed, and one that was left out", async () => {
  const { tenantId } = alice;
  await control(
    "requests_chained",
    `update case_events set reason = 'x' where tenant_id = '${tenantId}' and seq = 1`,
    `update case_events set reason = '' where tenant_id = '${tenantId}' and seq = 1`,
  );
  await control(
    "requests_chained",
    `create table kept_steps as
       select * from case_events where tenant_id = '${tenantId}' and seq = 1;
     delete from case_events where tenant_id = '${tenantId}' and seq = 1`,
    "insert into case_events select * from kept_steps; drop table kept_steps",
  );
});

Deno.test("6.1 sees an address that an answer leaves out", () =>
  control(
    "access_complete",
    `create function drop_email() returns trigger language plpgsql as 'begin return null; end';
     create trigger drop_email before insert on emails for each row execute function drop_email()`,
    "drop trigger drop_email on emails; drop function drop_email",
  ));

Deno.test("6.2 sees a wrong name that the history keeps", () =>
  control(
    "corrections_carried",
    `create function keep_name() returns trigger language plpgsql as
       'begin insert into changes (tenant_id, id, record_kind, record_id, action, fields, actor_kind, at)
          values (old.tenant_id, gen_random_uuid(), ''contact'', old.id, ''updated'',
            jsonb_build_array(jsonb_build_object(''name'', ''last_name'', ''from'', old.last_name)),
            ''system'', now());
        return new; end';
     create trigger keep_name before update of last_name on contacts
       for each row execute function keep_name()`,
    "drop trigger keep_name on contacts; drop function keep_name",
  ));

Deno.test("6.3 sees a name in the evidence of an erasure, and a file of a closed request", async () => {
  const made = await request(test, alice.tenantId, ["erasure"]);
  const [item] = await within(test, alice.tenantId, (scope) => caseItems.list(scope, made.id));
  await within(
    test,
    alice.tenantId,
    (scope) => caseItems.decide(scope, made.id, item!.id, { kind: "done" }, officer),
  );
  await drain(test, { smtpUrl: box.smtpUrl });
  setOffset("P1D");
  await enqueue(test.db.app, "erase_cases", null, {});
  await drain(test, { smtpUrl: box.smtpUrl });
  setOffset(undefined);
  const [masked] = await test.db.owner<{ name: string; hash: Uint8Array | null }[]>`
    select person_name || person_email || body as name, person_hash as hash
    from cases where id = ${made.id}
  `;
  equal(masked!.name, "");
  ok(masked!.hash, "other requests of the address are still found");
  await control(
    "erasures_traceless",
    `create function drop_tag() returns trigger language plpgsql as 'begin return null; end';
     create trigger drop_tag before insert on tags for each row execute function drop_tag()`,
    "drop trigger drop_tag on tags; drop function drop_tag",
  );
  await control(
    "erasures_traceless",
    `update cases set person_name = 'Petra' where id = '${made.id}'`,
    `update cases set person_name = '' where id = '${made.id}'`,
  );
  await control(
    "erasures_traceless",
    `insert into case_files (tenant_id, id, case_id, name, media_type, size, content_sealed, created_at)
     values ('${alice.tenantId}', '${newId()}', '${made.id}', 'x', 'text/plain', 1, '\\x00', now())`,
    `delete from case_files where case_id = '${made.id}'`,
  );
});

Deno.test("6.4 sees restricted persons exposed", () =>
  control(
    "restrictions_enforced",
    "alter policy tenant on contacts using (tenant_id = current_tenant())",
    `alter policy tenant on contacts using (
       tenant_id = current_tenant()
       and (restricted_at is null or current_setting('app.sees_restricted', true) = 'on')
     )`,
  ));

Deno.test("6.4 sees that a restriction may end without a notice", () =>
  control(
    "restrictions_enforced",
    "alter table contacts disable trigger hold_restriction",
    "alter table contacts enable trigger hold_restriction",
  ));

Deno.test("6.4 sees a restriction without effect, and mail to a restricted person", async () => {
  const { contact } = await stock(alice, "restricted");
  const of = `tenant_id = '${alice.tenantId}' and contact_id = '${contact}'`;
  const own = `tenant_id = '${alice.tenantId}' and id = '${contact}'`;
  await test.db.owner.unsafe(`
    update outgoing_messages set handed_over_at = null where ${of};
    update restrictions set lifted_at = null where ${of};
    update contacts set restricted_at = now(), restricted_reason = 'claims' where ${own}`);
  await control(
    "restrictions_enforced",
    `alter table contacts disable trigger hold_restriction;
     update contacts set restricted_at = null where ${own};
     alter table contacts enable trigger hold_restriction`,
    `update contacts set restricted_at = now() where ${own}`,
  );
  await control(
    "restrictions_enforced",
    `update outgoing_messages set kind = 'correspondence', handed_over_at = now() + interval '2 minutes'
     where ${of}`,
    `update outgoing_messages set handed_over_at = null where ${of}`,
  );
});

Deno.test("6.1, 6.5 sees an answer that nobody destroyed", async () => {
  const made = await request(test, alice.tenantId, ["access"]);
  const [item] = await within(test, alice.tenantId, (scope) => caseItems.list(scope, made.id));
  await control(
    "deliveries_expire",
    `insert into deliveries (tenant_id, id, case_id, item_id, token_digest, key_id, file_name,
       media_type, size, sha256, created_at, expires_at, downloads_left)
     values ('${alice.tenantId}', '${newId()}', '${made.id}', '${item!.id}', '\\x00', '${newId()}',
       'x', 'x', 1, '\\x00', now(), now() - interval '2 days', 5)`,
    `delete from deliveries where case_id = '${made.id}'`,
  );
});

Deno.test("6.1, 6.5 sees answers kept longer than their days, whatever end is noted", async () => {
  const made = await request(test, alice.tenantId, ["access"]);
  const [item] = await within(test, alice.tenantId, (scope) => caseItems.list(scope, made.id));
  await control(
    "deliveries_expire",
    `insert into deliveries (tenant_id, id, case_id, item_id, token_digest, key_id, file_name,
       media_type, size, sha256, created_at, expires_at, downloads_left)
     values ('${alice.tenantId}', '${newId()}', '${made.id}', '${item!.id}', '\\x01', '${newId()}',
       'x', 'x', 1, '\\x00', now() - interval '17 days', now() + interval '60 days', 5)`,
    `delete from deliveries where case_id = '${made.id}'`,
  );
  const contact = await contactOf(alice);
  await control(
    "deliveries_expire",
    `insert into access_archives (tenant_id, id, contact_id, status, language, words, offered,
       left_out, created_at, finished_at, erase_after)
     values ('${alice.tenantId}', '${newId()}', '${contact}', 'done', 'de', '{}', '{}', '{}',
       now() - interval '17 days', now() - interval '17 days', now() + interval '60 days')`,
    `delete from access_archives where contact_id = '${contact}'`,
  );
});

Deno.test("6.9 sees an objection that ends with the person's record", () =>
  control(
    "advertising_barred",
    `create function drop_suppression() returns trigger language plpgsql as
       'begin return null; end';
     create trigger drop_suppression before insert on suppressions
       for each row execute function drop_suppression()`,
    "drop trigger drop_suppression on suppressions; drop function drop_suppression",
  ));

Deno.test("6.6 sees objections that nobody writes down", () =>
  control(
    "objections_kept",
    `create function drop_objection() returns trigger language plpgsql as
       'begin return null; end';
     create trigger drop_objection before insert on objections
       for each row execute function drop_objection()`,
    "drop trigger drop_objection on objections; drop function drop_objection",
  ));

Deno.test("6.6 sees advertising after an objection", async () => {
  const { contact } = await stock(alice, "objector");
  const of = `tenant_id = '${alice.tenantId}' and contact_id = '${contact}'`;
  const [sent] = await test.db.owner`
    update outgoing_messages set kind = 'marketing', handed_over_at = now()
    where tenant_id = ${alice.tenantId}
      and contact_id = ${contact}
    returning message_id
  `;
  ok(sent, "the stock has a mail to the person");
  await test.db.owner.unsafe(`delete from objections where ${of}`);
  await control(
    "objections_kept",
    `insert into objections (tenant_id, id, contact_id, channel, objected_at)
     values ('${alice.tenantId}', '${newId()}', '${contact}', 'email', now() - interval '1 hour')`,
    `delete from objections where ${of}`,
  );
});

Deno.test("6.6 sees mail to a person who had objected, whatever record it was written from", async () => {
  const { contact } = await stock(alice, "elsewhere");
  const { owner } = test.db;
  const of = `tenant_id = '${alice.tenantId}'`;
  const [mail] = await owner<{ id: string; address: string }[]>`
    select m.message_id as id, e.address
    from outgoing_messages m
    join emails e on e.tenant_id = m.tenant_id and e.contact_id = ${contact}
    where m.tenant_id = ${alice.tenantId}
      and m.contact_id = ${contact}
    limit 1
  `;
  await owner.unsafe(`delete from objections where ${of};
    update outgoing_messages set contact_id = null, handed_over_at = now()
      where ${of} and message_id = '${mail!.id}';
    insert into objections (tenant_id, id, contact_id, channel, objected_at)
      values ('${alice.tenantId}', '${newId()}', '${contact}', 'all', now() - interval '1 hour')`);
  const to = (column: string, address: string) =>
    `update messages set ${column} = '[{"address": "${address}", "name": ""}]'
     where ${of} and id = '${mail!.id}'`;
  for (const kind of ["marketing", "correspondence"]) {
    await owner.unsafe(
      `update outgoing_messages set kind = '${kind}' where message_id = '${mail!.id}'`,
    );
    for (const column of ["sent_to", "sent_cc", "sent_bcc"]) {
      await owner.unsafe(
        ["sent_to", "sent_cc", "sent_bcc"].map((each) => to(each, "else@x.example")).join("; "),
      );
      await control(
        "objections_kept",
        to(column, mail!.address.toUpperCase()),
        to(column, "else@x.example"),
      );
    }
  }
  // A record that has had the address only since then says nothing about an earlier mail.
  await owner.unsafe(to("sent_to", mail!.address));
  equal((await proofs.run(test.db.app, "objections_kept"))!.passed, false);
  const passesAfter = async (action: string, fields: { name: string }[]) => {
    await owner`insert into changes ${
      owner({
        tenantId: alice.tenantId,
        id: newId(),
        recordKind: "contact",
        recordId: contact,
        action,
        fields: owner.json(fields),
        actorKind: "system",
        at: new Date(now().getTime() + 1_000),
      } as never)
    }`;
    return (await proofs.run(test.db.app, "objections_kept"))!.passed;
  };
  equal(await passesAfter("updated", [{ name: "emails" }]), true);
  // Written from the record itself it counts, unless the objection has come by a merge.
  await owner.unsafe(`update outgoing_messages set kind = 'marketing', contact_id = '${contact}'
    where message_id = '${mail!.id}'`);
  equal(await passesAfter("updated", [{ name: "emails" }]), false);
  equal(await passesAfter("merged", []), true);
});

Deno.test("6.5 sees a document that loses an address, and a basis that is not looked at", async () => {
  await control(
    "portability_sound",
    `create function spoil() returns trigger language plpgsql as
       'begin new.address := ''nobody@example.org''; return new; end';
     create trigger spoil before insert on emails for each row execute function spoil()`,
    "drop trigger spoil on emails; drop function spoil()",
  );
  await control(
    "portability_sound",
    `create function spoil() returns trigger language plpgsql as
       'begin new.legal_basis := old.legal_basis; return new; end';
     create trigger spoil before update of legal_basis on contacts
       for each row execute function spoil()`,
    "drop trigger spoil on contacts; drop function spoil()",
  );
});
