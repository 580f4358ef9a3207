/** Raw SQL as the serving role, from one tenant against another: every table, every operation. */
import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { appendOnly, lasting, ownerFunctions } from "../../db/grants.ts";
import { now } from "../../db/clock.ts";
import { newId } from "../../db/ids.ts";
import type { Sql, Tx } from "../../db/pool.ts";
import { system, withScope } from "../../db/scope.ts";
import { tokenDigest } from "../../db/sessions.ts";
import { cast } from "../support/cast.ts";
import { programTries } from "../support/program_tries.ts";
import { rightTries } from "../support/right_tries.ts";
import { sightTries } from "../support/sight_tries.ts";
import { newMark, stock } from "../support/stock.ts";

const { test, alice, charlie } = await cast();
const { app, owner } = test.db;
const mark = newMark();
const hers = await stock(alice, mark);
const his = await stock(charlie, newMark());
// Limits of roles are tested here alone: other tests ask what each role may do by itself.
for (const { tenantId } of [alice, charlie]) {
  await owner`
    insert into record_sights (tenant_id, role, contacts, companies, deals)
    values (${tenantId}, 'read_only', 'team', 'all', 'all')
  `;
  await owner`
    insert into field_rights (tenant_id, record_kind, field, role, level)
    values (${tenantId}, 'contact', 'notes', 'read_only', 'hidden')
  `;
}

interface Table {
  name: string;
  /** Columns that can be written. */
  columns: string[];
}

const tables = await owner<Table[]>`
  select c.relname as name,
    array_agg(quote_ident(a.attname) order by a.attnum) filter (where a.attgenerated = '') as columns
  from pg_class c
  join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  where c.relnamespace = 'public'::regnamespace
    and c.relrowsecurity
  group by c.relname
  order by c.relname
`;

/** Runs work inside charlie's tenant. */
const asCharlie = <T>(work: (sql: Tx) => Promise<T>): Promise<T> =>
  withScope(app, { tenantId: charlie.tenantId, actor: system }, ({ sql }) => work(sql));

/** All that alice's tenant holds, as one text. */
async function rowsOf(tenantId: string): Promise<string> {
  const parts = await Promise.all(
    [...tables.map(({ name }) => name), "tokens", "sessions", "mails"].map((name) =>
      owner.unsafe(
        `select '${name}' as name, count(*)::int as n, string_agg(t::text, '|' order by t::text) as rows
         from ${name} t where tenant_id = $1`,
        [tenantId],
      )
    ),
  );
  return JSON.stringify(parts.flat());
}

Deno.test("the stock contains the word that the tests search for", async () => {
  const marks = Array.from({ length: 500 }, newMark);
  const rows = await owner`
    select mark
    from unnest(${marks}::text[]) as mark
    where fold(mark) <> mark
  `;
  equal(rows.length, 0);
});

let before = "";
Deno.test.beforeAll(async () => {
  before = await rowsOf(alice.tenantId);
});

Deno.test("the stock puts a row of each tenant into every tenant's table", async () => {
  ok(tables.length >= 15);
  for (const { name } of tables) {
    for (const { tenantId } of [alice, charlie]) {
      const [row] = await owner.unsafe(
        `select count(*)::int as n from ${name} where tenant_id = $1`,
        [tenantId],
      );
      ok(row!.n >= 1, name);
    }
  }
});

for (const { name, columns } of tables) {
  Deno.test(`${name}: another tenant's rows can be neither read nor counted nor locked`, async () => {
    const where = `where tenant_id = '${alice.tenantId}'`;
    for (
      const query of [
        `select * from ${name} ${where}`,
        `select * from ${name} where tenant_id <> '${charlie.tenantId}'`,
        `select * from ${name} t where t::text like '%${alice.tenantId}%'`,
        `select * from only ${name} ${where} or true and tenant_id <> current_tenant()`,
      ]
    ) equal((await asCharlie((sql) => sql.unsafe(query))).length, 0, query);
    const [own] = await asCharlie((sql) => sql.unsafe(`select count(*)::int as n from ${name}`));
    ok(own!.n >= 1);
    equal((await app.unsafe(`select * from ${name}`)).length, 0, "outside of a scope");
  });

  Deno.test(`${name}: another tenant's rows can be neither changed nor deleted nor taken over`, async () => {
    const where = `where tenant_id = '${alice.tenantId}'`;
    const added = appendOnly.includes(name);
    const lasts = lasting.includes(name);
    for (
      const query of [
        `update ${name} set tenant_id = '${charlie.tenantId}' ${where}`,
        `update ${name} set tenant_id = tenant_id ${where}`,
        `delete from ${name} ${where}`,
      ]
    ) {
      if (added || (lasts && query.startsWith("delete"))) {
        await rejects(asCharlie((sql) => sql.unsafe(query)), { code: "42501" }, query);
      } else equal((await asCharlie((sql) => sql.unsafe(query))).count, 0, query);
    }
    const move = `update ${name} set tenant_id = '${alice.tenantId}'`;
    await rejects(asCharlie((sql) => sql.unsafe(move)), { code: "42501" }, move);
  });

  Deno.test(`${name}: no row can be inserted for another tenant`, async () => {
    const list = columns.join(", ");
    const [row] = await owner.unsafe(
      `select to_jsonb(t) as row from ${name} t where tenant_id = $1 limit 1`,
      [alice.tenantId],
    );
    const insert = `insert into ${name} (${list})
      select ${list} from jsonb_populate_record(null::${name}, $1::text::jsonb)`;
    const text = JSON.stringify({ ...row!.row, ...(row!.row.id ? { id: newId() } : {}) });
    await rejects(asCharlie((sql) => sql.unsafe(insert, [text])), { code: "42501" });
    await rejects(app.unsafe(insert, [text]), { code: "42501" });
    await rejects(
      asCharlie((sql) => sql.unsafe(`${insert} on conflict do nothing`, [text])),
      { code: "42501" },
    );
  });

  Deno.test(`${name}: copy reads only own rows, and writes none`, async () => {
    const out = await asCharlie(async (sql) => {
      const stream = await sql.unsafe(`copy ${name} to stdout`).readable();
      let text = "";
      for await (const chunk of stream) text += chunk.toString();
      return text;
    });
    equal(out.includes(alice.tenantId), false);
    equal(out.includes(mark), false);
    await rejects(
      asCharlie(async (sql) => {
        const stream = await sql.unsafe(`copy ${name} (${columns.join(", ")}) from stdin`)
          .writable();
        stream.end();
      }),
    );
  });
}

Deno.test("records of another tenant cannot be linked to own records", async () => {
  const { tenantId } = charlie;
  const ties = [
    ["contact_tags", { tenant_id: tenantId, tag_id: his.tag, contact_id: hers.contact }],
    ["contact_tags", { tenant_id: tenantId, tag_id: hers.tag, contact_id: his.contact }],
    ["company_tags", { tenant_id: tenantId, tag_id: hers.tag, company_id: his.company }],
    ["message_links", {
      tenant_id: tenantId,
      id: newId(),
      message_id: hers.message,
      contact_id: his.contact,
      at: "2026-01-01",
    }],
    ["message_links", {
      tenant_id: tenantId,
      id: newId(),
      message_id: his.message,
      contact_id: hers.contact,
      at: "2026-01-01",
    }],
    ["deal_tags", { tenant_id: tenantId, tag_id: hers.tag, deal_id: his.deal }],
    ["deal_contacts", {
      tenant_id: tenantId,
      deal_id: his.deal,
      contact_id: hers.contact,
      added_at: now(),
    }],
    ["activity_links", {
      tenant_id: tenantId,
      activity_id: his.activity,
      record_id: hers.contact,
      contact_id: hers.contact,
      direct: true,
      at: now(),
    }],
    ["activity_participants", {
      tenant_id: tenantId,
      activity_id: his.activity,
      person_id: alice.userId,
      user_id: alice.userId,
    }],
    ["affiliations", {
      tenant_id: tenantId,
      id: newId(),
      contact_id: his.contact,
      company_id: hers.company,
    }],
    ["emails", {
      tenant_id: tenantId,
      id: newId(),
      contact_id: hers.contact,
      address: "a@b.example",
    }],
  ] as const;
  for (const [name, row] of ties) {
    await rejects(
      asCharlie((sql) =>
        sql`insert into ${sql(name)} ${sql(row as Record<string, string | boolean | Date>)}`
      ),
      { code: "23503" },
      name,
    );
  }
  for (
    const columns of [
      { company_id: hers.company },
      { owner_id: alice.userId },
      { pipeline_id: hers.pipeline, stage_id: hers.stage },
      { status: "lost", closed_at: now(), lost_reason_id: hers["lost reason"] },
    ]
  ) {
    await rejects(
      asCharlie((sql) => sql`update deals set ${sql(columns)} where id = ${his.deal}`),
      { code: "23503" },
      Object.keys(columns).join(),
    );
  }
  for (const [column, id] of [["owner_id", alice.userId], ["import_id", hers.import]] as const) {
    await rejects(
      asCharlie((sql) =>
        sql`update contacts set ${sql({ [column]: id })} where id = ${his.contact}`
      ),
      { code: "23503" },
      column,
    );
  }
});

Deno.test("the planner's samples of tenants' tables are closed", async () => {
  await owner`analyze`;
  const rows = await asCharlie((sql) =>
    sql`
      select tablename
      from pg_stats
      where schemaname = 'public'
        and tablename = any (${tables.map(({ name }) => name)})
    `
  );
  equal(rows.length, 0);
});

/** A session is found by its token alone. */
async function noSession(call: string): Promise<void> {
  for (const guess of [mark, "", hers.user]) {
    const rows = await asCharlie((sql) =>
      sql.unsafe(`select id from ${call}($1, now())`, [tokenDigest(guess)])
    );
    equal(rows.length, 0);
  }
}

/** Only who knows a calendar's address learns whose it is. */
async function asksCalendar(call: string): Promise<void> {
  const ask = (sql: Tx | Sql, text: string) =>
    sql.unsafe(`select * from ${call}`, [tokenDigest(text) as never]);
  for (const guess of ["", mark, alice.userId]) {
    equal((await asCharlie((sql) => ask(sql, guess))).length, 0);
  }
  const [row] = await ask(app, hers.user);
  deepEqual(Object.keys(row!), ["tenantId", "userId", "locale", "detail"]);
}

/** Each function of the owner, called from charlie's tenant for what is alice's. */
const tries: Record<string, () => Promise<unknown>> = {
  ...programTries({ asCharlie, app, owner, alice, charlie }),
  ...rightTries({ asCharlie, app, owner, alice, charlie }),
  ...sightTries({ asCharlie, owner, alice, charlie }),
  // A letter's answer and a link say whose they are to who has them, by identifiers only.
  case_letter_by_reply: async () => {
    for (const guess of ["", "%", mark, hers.case]) {
      equal(
        (await asCharlie((sql) => sql`select * from case_letter_by_reply(${guess})`)).length,
        0,
      );
    }
    const [row] = await app`select * from case_letter_by_reply(${`${mark}reply`})`;
    deepEqual(Object.keys(row!), ["tenantId", "id"]);
  },
  case_link_by_digest: async () => {
    for (const guess of ["", mark, hers.case]) {
      const digest = tokenDigest(guess);
      const rows = await asCharlie((sql) => sql`select * from case_link_by_digest(${digest})`);
      equal(rows.length, 0);
    }
    const [row] = await app`select * from case_link_by_digest(${tokenDigest(`${mark} link`)})`;
    deepEqual(Object.keys(row!), ["tenantId", "id"]);
  },
  // The supervisor compares the permitted hosts with the servers in use: host names, no personal data.
  customers_mail_servers: async () => {
    const rows = await asCharlie((sql) => sql`select * from customers_mail_servers(100)`);
    deepEqual(Object.keys(rows[0]!), ["host", "port"]);
  },
  // Ends what is over and nothing else, whichever tenant asks.
  erase_cases: async () => {
    const [row] = await asCharlie((sql) => sql`select erase_cases('2026-01-01', 10) as n`);
    equal(row!.n, 0);
  },
  // A job asks which letters are due, of all tenants at once, and gets identifiers only.
  officer_letters_due: async () => {
    const rows = await asCharlie((sql) =>
      sql`select * from officer_letters_due(now(), current_date, true, 100)`
    );
    for (const row of rows) {
      deepEqual(Object.keys(row), ["tenantId", "caseId", "kind", "occasion"]);
    }
  },
  processor_objections_to: async () => {
    const rows = await asCharlie((sql) =>
      sql`select * from processor_objections_to(${his.processor}, 10)`
    );
    ok(rows.length > 0 && !JSON.stringify(rows).includes(mark));
  },
  settle_processor_notices: async () => {
    await asCharlie((sql) => sql`select settle_processor_notices('2026-01-01')`);
    const [row] = await owner`
      select count(*)::int as n from processor_objections where tenant_id = ${alice.tenantId}
    `;
    equal(row!.n, 1);
  },
  // The calendar asks whose it is; only who knows the address gets an answer.
  calendar_feed: () => asksCalendar("calendar_feed($1, now())"),
  // A public page asks whose link it is; only who has the link gets an answer, which names no person.
  unsubscribe_link_by_digest: async () => {
    for (const guess of ["", hers.contact, alice.userId]) {
      const digest = tokenDigest(guess);
      const rows = await asCharlie((sql) =>
        sql`select * from unsubscribe_link_by_digest(${digest})`
      );
      equal(rows.length, 0);
    }
    const [link] = await owner<{ tokenDigest: Uint8Array }[]>`
      select token_digest
      from unsubscribe_links
      where tenant_id = ${alice.tenantId}
    `;
    const [row] = await app`select * from unsubscribe_link_by_digest(${link!.tokenDigest})`;
    deepEqual(Object.keys(row!), ["tenantId", "tenantName", "language", "usedAt"]);
  },
  // A job asks where somebody is to be reminded; it gets tenants, and no persons.
  tenants_to_remind: async () => {
    const rows = await asCharlie((sql) =>
      sql`select * from tenants_to_remind(now() + interval '1 day', 10)`
    );
    deepEqual(
      rows.map((row) => ({ ...row })).sort((a, b) => a.tenantId < b.tenantId ? -1 : 1),
      [{ tenantId: alice.tenantId }, { tenantId: charlie.tenantId }],
    );
    const early = await asCharlie((sql) => sql`select * from tenants_to_remind(now(), 10)`);
    equal(early.length, 0);
  },
  // A job asks which mailboxes are due, of all tenants at once, and gets identifiers only.
  due_mailboxes: async () => {
    const rows = await asCharlie((sql) => sql`select * from due_mailboxes(now(), 100)`);
    const ids = rows.map((row) => row.id);
    ok(ids.includes(his.mailbox) && ids.includes(hers.mailbox));
    for (const row of rows) deepEqual(Object.keys(row), ["tenantId", "id"]);
    const [row] = await asCharlie((sql) =>
      sql`select count(*)::int as n from mailboxes where id = ${hers.mailbox}`
    );
    equal(row!.n, 0);
  },
  // The listener asks who a mail is for; only who knows the address gets an answer, with identifiers only.
  inbound_address: async () => {
    const [{ localPart }] = await owner<[{ localPart: string }]>`
      select local_part
      from inbound_addresses
      where tenant_id = ${alice.tenantId}
    `;
    for (const guess of ["", "%", "_".repeat(16), localPart.slice(0, 15), `${localPart} `]) {
      equal((await asCharlie((sql) => sql`select * from inbound_address(${guess})`)).length, 0);
    }
    const [row] = await app`select * from inbound_address(${localPart})`;
    deepEqual(Object.keys(row!), ["tenantId", "id"]);
  },
  session_by_digest: () => noSession("session_by_digest"),
  session_with_rights: () => noSession("session_with_rights"),
  // Asked with the identity of the session only; it returns no more than the names of that identity's tenants.
  memberships: async () => {
    const rows = await asCharlie((sql) =>
      sql`select tenant_id from memberships(${charlie.identityId})`
    );
    deepEqual(rows.map((row) => row.tenantId), [charlie.tenantId]);
    equal((await asCharlie((sql) => sql`select * from memberships(${newId()})`)).length, 0);
  },
  // A job asks for everyone's letters; it gets whose are due, and nothing of their contents.
  notifications_to_mail: async () => {
    const due = await owner<{ id: string }[]>`
      insert into notifications (tenant_id, id, user_id, kind, record_kind, in_app, mail_due, created_at)
      values (${charlie.tenantId}, ${newId()}, ${charlie.userId}, 'reminder', 'contact', true, true, now())
      returning id
    `;
    equal(due.length, 1);
    const rows = await asCharlie((sql) => sql`select * from notifications_to_mail(now(), 10)`);
    deepEqual(rows.map((row) => ({ ...row })), [
      { tenantId: charlie.tenantId, userId: charlie.userId },
    ]);
  },
  search_contacts: async () => {
    const search = (sql: Tx) => sql`select id, total from search_contacts(${mark}, 50, 1001) found`;
    deepEqual([...await asCharlie(search)], []);
    deepEqual([...await search(app as unknown as Tx)], [], "outside of a scope");
    const own = { tenantId: alice.tenantId, actor: system };
    const found = await withScope(app, own, ({ sql }) => search(sql));
    deepEqual(found.map(({ id, total }) => [id, total]), [[hers.contact, 1]]);
  },
  search_records: async () => {
    const search = (sql: Tx, kind: string, query: string, more: Partial<Record<string, string>>) =>
      sql`
        select id
        from search_records(
          ${kind}, ${query}, 'name', false, ${more.after ?? null}, false, 50, ${more.tag ?? null},
          ${more.owner ?? null}, null, ${more.company ?? null}
        ) found
      `;
    for (const kind of ["contact", "company"]) {
      for (
        const more of [{}, { after: hers.contact }, { tag: hers.tag }, { owner: alice.userId }]
      ) {
        equal((await asCharlie((sql) => search(sql, kind, mark, more))).length, 0, kind);
      }
      equal((await search(app as unknown as Tx, kind, mark, {})).length, 0, "outside of a scope");
    }
    equal((await asCharlie((sql) => search(sql, "tenants", "a", {})).catch(() => [])).length, 0);
    const found = await withScope(
      app,
      { tenantId: alice.tenantId, actor: system },
      ({ sql }) => search(sql, "contact", mark, {}),
    );
    deepEqual(found.map(({ id }) => id), [hers.contact]);
  },
  search_entries: async () => {
    const search = (sql: Tx, kind: string) =>
      sql`select id from search_entries(${kind}, ${mark}, 50) as found (id)`;
    for (const kind of ["activity", "message", "file"]) {
      equal((await asCharlie((sql) => search(sql, kind))).length, 0, kind);
      equal((await search(app as unknown as Tx, kind)).length, 0, "outside of a scope");
      const own = { tenantId: alice.tenantId, actor: system };
      ok((await withScope(app, own, ({ sql }) => search(sql, kind))).length > 0, kind);
    }
    equal((await asCharlie((sql) => search(sql, "identities"))).length, 0);
  },
  // Two numbers over all customers, and counts of what is overdue: nobody's name, no tenant's id.
  agreements_accepted: async () => {
    const [row] = await asCharlie((sql) => sql`select * from agreements_accepted()`);
    deepEqual(Object.keys(row!), ["customers", "accepted"]);
  },
  records_overdue: async () => {
    const rows = await asCharlie((sql) => sql`select * from records_overdue(now())`);
    deepEqual(Object.keys(rows[0]!), ["due", "overdue"]);
  },
  erase_history: async () => {
    await asCharlie((sql) => sql`select erase_history(now() + interval '1 day', 5000)`);
  },
  // For the operator: a customer's name, identifiers and sums.
  unusual_exports: async () => {
    const rows = await asCharlie((sql) => sql`select * from unusual_exports(now(), 0, 0)`);
    equal(rows.length, 0);
  },
  retention_overdue: async () => {
    const rows = await asCharlie((sql) => sql`select * from retention_overdue(now())`);
    deepEqual(Object.keys(rows[0]!), ["store", "overdue"]);
  },
  set_up: async () => {
    const [row] = await asCharlie((sql) =>
      sql`
        select set_up(
          ${new Uint8Array(32)}, now(), 'a', '', 'b', 'c', 'd', 'DE', 'e@f.example', 'g',
          'h@i.example', ${alice.tenantId}, 'j', 'k', 'de'
        ) as done
      `
    );
    equal(row!.done, false);
  },
  // The provider is nobody's tenant; that only operators reach it is the routes' matter.
  update_provider: async () => {
    await asCharlie((sql) =>
      sql`
        select update_provider(
          'Testhaus', 'GmbH', 'a', 'b', 'c', 'HH', 'DE', 'd@e.example', '', '', '', '', 'f',
          'g@h.example', now()
        )
      `
    );
    const [row] = await owner`select count(*)::int as n from provider`;
    equal(row!.n, 1);
  },
  update_tenant: async () => {
    const [row] = await app`select update_tenant('Haus', 9) as done`;
    equal(row!.done, false);
    await asCharlie((sql) => sql`select update_tenant('Hof', 9)`);
    const rows = await owner<{ id: string }[]>`select id from tenants where name = 'Hof'`;
    deepEqual(rows.map(({ id }) => id), [charlie.tenantId]);
  },
};

Deno.test("every function of the owner is tried", () => {
  const names = new Set(ownerFunctions.map((text) => text.split("(")[0]!));
  deepEqual(Object.keys(tries).sort(), [...names].sort());
});

for (const [name, attempt] of Object.entries(tries)) {
  Deno.test(`${name}() reaches no other tenant`, async () => void await attempt());
}

Deno.test("a temporary table with a known name fools no function of the owner", async () => {
  const rows = await asCharlie(async (sql) => {
    await sql`create temporary table users (tenant_id uuid, id uuid, identity_id uuid, role text, deactivated_at timestamptz)`;
    await sql`insert into pg_temp.users values (${alice.tenantId}, ${newId()}, ${charlie.identityId}, 'owner', null)`;
    const found = await sql<{ tenantId: string }[]>`
      select tenant_id
      from memberships(${charlie.identityId})
    `;
    await sql`drop table pg_temp.users`;
    return found.map(({ tenantId }) => tenantId);
  });
  deepEqual(rows, [charlie.tenantId]);
});

Deno.test("after all of this alice's tenant is as it was", async () => {
  equal(await rowsOf(alice.tenantId), before);
});
