/** Persons that custom fields name are found by their id, however many contacts the tenant has. */
import { assert, assertEquals } from "deno-std/assert/mod.js";
import * as contacts from "../db/contacts.ts";
import { inWords } from "../db/custom_access.ts";
import * as customValues from "../db/custom_values.ts";
import { newId } from "../db/ids.ts";
import type { Scope } from "../db/scope.ts";
import { cast } from "./support/cast.ts";
import { idOf } from "./support/html.ts";

/** Contacts that this transaction has looked at. */
async function looked({ sql }: Scope): Promise<number> {
  const [row] = await sql<[{ rows: number }]>`
    select (seq_tup_read + coalesce(idx_tup_fetch, 0))::int as rows
    from pg_stat_xact_user_tables
    where relname = 'contacts'
  `;
  return row.rows;
}

Deno.test("values of custom fields are written and shown without reading every contact", async () => {
  const { alice, test } = await cast();
  const [person, points] = [newId(), newId()];
  const ids = await alice.scope(async ({ sql, tenantId, now }) => {
    await sql`
      insert into custom_fields (
        tenant_id, id, record_kind, kind, name, label_de, position, category, purpose, legal_basis,
        created_at, updated_at
      )
      select ${tenantId}, given.id, 'contact', given.kind, given.kind, given.kind, 1, 'work',
        'customer_care', 'contract', ${now}, ${now}
      from (values (${person}::uuid, 'person'), (${points}::uuid, 'number')) as given (id, kind)
    `;
    return await sql<{ id: string }[]>`
      insert into contacts (
        tenant_id, id, first_name, last_name, source, source_channel, legal_basis, purpose,
        last_touch_at, created_at, updated_at
      )
      select ${tenantId}, gen_random_uuid(), 'Anna', 'Muster', 'Test', 'sample', 'contract',
        'sales', ${now}, ${now}, ${now}
      from generate_series(1, 2000)
      returning id
    `;
  });
  const [one, other] = [ids[0]!.id, ids[1]!.id];
  await test.db.owner`analyze contacts, custom_fields, custom_values`;
  await alice.scope(async (scope) => {
    const before = await looked(scope);
    const custom = { [person]: [other, "niemand", newId()], [points]: ["7"] };
    await customValues.assign(scope, "contact", [{ id: one, custom }]);
    const kept = await scope.sql<{ fieldId: string; value: string }[]>`
      select field_id, value
      from custom_values
      where tenant_id = ${scope.tenantId}
        and contact_id = ${one}
      order by kind desc
    `;
    assertEquals(kept.map(({ fieldId, value }) => [fieldId, value]), [
      [person, other],
      [points, "7"],
    ]);
    const rows = kept.map(({ fieldId, value }) => ({ field_id: fieldId, value }));
    const [shown] = await inWords(scope, [{ table: "custom_values", rows }] as never, "de");
    assertEquals(shown!.rows.map(({ value }) => value), ["Anna Muster", "7"]);
    const seen = await looked(scope) - before;
    assert(seen < 100, `${seen} contacts were looked at`);
  });
});

Deno.test("a record names the persons of its custom fields while they may be shown", async () => {
  const { alice, test } = await cast();
  const mentor = newId();
  await alice.scope(({ sql, tenantId, now }) =>
    sql`
      insert into custom_fields (
        tenant_id, id, record_kind, kind, name, label_de, position, category, purpose, legal_basis,
        created_at, updated_at
      )
      values (
        ${tenantId}, ${mentor}, 'contact', 'person', 'mentor', 'Mentor', 1, 'work',
        'customer_care', 'contract', ${now}, ${now}
      )
    `
  );
  const made = async (lastName: string) =>
    idOf(await alice.post("/contacts/new", { firstName: "Ida", lastName, origin: "card" }));
  const [one, shown, trashed, restricted] = await Promise.all(
    ["Kern", "Lang", "Weg", "Gesperrt"].map(made),
  );
  const named = async () => {
    const { custom } = await alice.scope((scope) => contacts.find(scope, one!));
    return new Map(custom.map(({ value, person }) => [value, person]));
  };
  assertEquals((await named()).size, 0);
  const custom = { [mentor]: [shown!, trashed!, restricted!] };
  await alice.scope((scope) => customValues.assign(scope, "contact", [{ id: one!, custom }]));
  assertEquals(
    await named(),
    new Map([[shown!, "Ida Lang"], [trashed!, "Ida Weg"], [restricted!, "Ida Gesperrt"]]),
  );
  await alice.post(`/contacts/${trashed}/deletion`);
  await test.db.owner`
    update contacts
    set restricted_at = now(), restricted_reason = 'Art. 18'
    where id = ${restricted!}
  `;
  assertEquals(
    await named(),
    new Map([[shown!, "Ida Lang"], [trashed!, null], [restricted!, null]]),
  );
});
