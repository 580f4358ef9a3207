/**
 * Rectification (Art. 16 GDPR): what is to be corrected is noted with its proof until the right is
 * approved; then it is written, reported to the data's recipients, and kept for restored backups.
 */
import { Buffer } from "node:buffer";
import * as caseEvents from "./case_events.ts";
import * as caseItems from "./case_items.ts";
import type { CaseItem, Outcome } from "./case_items.ts";
import * as casePersons from "./case_persons.ts";
import * as changes from "./changes.ts";
import { providerId } from "./controllers.ts";
import * as controllers from "./controllers.ts";
import { cleaned, type Correction, type Field, write } from "./rectification_fields.ts";
import { historyName } from "./custom_values.ts";
import * as customs from "./rectification_customs.ts";
import * as loginPersons from "./login_persons.ts";
import { Invalid } from "./errors.ts";
import { enqueue } from "./jobs.ts";
import type { Person } from "./person_tables.ts";
import type { Means } from "./rights.ts";
import * as postalKeys from "./postal_keys.ts";
import type { Scope } from "./scope.ts";
import * as sealedSecrets from "./sealed_secrets.ts";
import * as suppressions from "./suppressions.ts";

/** A change as shown on the page of its case. */
export interface Proposed {
  id: string;
  itemId: string;
  contactId: string;
  field: Field;
  oldValue: string;
  newValue: string;
  proof: string;
  /** The label of a custom field; null for other fields, and for one that was removed. */
  label: string | null;
  appliedAt: Date | null;
}

/** A current value that may be corrected. */
export interface Standing {
  contactId: string;
  field: Field;
  value: string;
  /** The label of a custom field. */
  label?: string;
}

/** The most changes a case may have. */
const most = 100;

/** The changes requested by the rights of a case, in the order they were noted. */
export async function list({ sql, tenantId }: Scope, caseId: string): Promise<Proposed[]> {
  return await sql<Proposed[]>`
    select c.id, c.item_id, coalesce(c.contact_id, c.identity_id) as contact_id, c.field, c.old_value,
      c.new_value, c.proof, c.applied_at, f.label_de as label
    from rectifications c
    left join custom_fields f
      on f.tenant_id = c.tenant_id and c.field = 'custom.' || f.id
    join case_items i on i.tenant_id = c.tenant_id and i.id = c.item_id
    where c.tenant_id = ${tenantId}
      and i.case_id = ${caseId}
    order by c.created_at, c.id
    limit ${most}
  `;
}

/** Whether an open right of a case has no change noted: once approved it waits for one. */
export async function isUnnoted({ sql, tenantId }: Scope, caseId: string): Promise<boolean> {
  const rows = await sql`
    select
    from case_items i
    where i.tenant_id = ${tenantId}
      and i.case_id = ${caseId}
      and i.claimed_right = 'rectification'
      and i.closed_at is null
      and not exists (
        select
        from rectifications r
        where r.tenant_id = i.tenant_id
          and r.item_id = i.id
          and r.applied_at is null
      )
    limit 1
  `;
  return rows.length > 0;
}

/** A person's current data, value by value. */
export async function standing(scope: Scope, person: Person): Promise<Standing[]> {
  const { sql, tenantId } = scope;
  if (tenantId === providerId) return await loginPersons.standing(scope, person);
  const { contactIds } = person;
  await sql`set local app.sees_restricted = 'on'`;
  const ids = [...contactIds];
  const rows = await sql<Standing[]>`
    select c.id as contact_id, v.field, v.value
    from contacts c
    cross join lateral (values
      ('contacts.title', c.title), ('contacts.first_name', c.first_name),
      ('contacts.name_prefix', c.name_prefix), ('contacts.last_name', c.last_name),
      ('contacts.name_suffix', c.name_suffix), ('contacts.birthday', coalesce(c.birthday, '')),
      ('contacts.position', c.position), ('contacts.customer_number', c.customer_number),
      ('contacts.website', c.website)
    ) as v (field, value)
    where c.tenant_id = ${tenantId}
      and c.id = any(${ids}::uuid[])
    union all
    select e.contact_id, 'emails.address', e.address
    from emails e
    where e.tenant_id = ${tenantId}
      and e.contact_id = any(${ids}::uuid[])
    union all
    select p.contact_id, 'phones.number', p.number
    from phones p
    where p.tenant_id = ${tenantId}
      and p.contact_id = any(${ids}::uuid[])
    union all
    select a.contact_id, v.field, v.value
    from addresses a
    cross join lateral (values
      ('addresses.street', a.street), ('addresses.postal_code', a.postal_code),
      ('addresses.city', a.city)
    ) as v (field, value)
    where a.tenant_id = ${tenantId}
      and a.contact_id = any(${ids}::uuid[])
    limit 500
  `;
  return [...rows, ...await customs.standing(scope, ids)];
}

/**
 * Notes a change, or an addition by the person; if the right is already approved, it is carried out
 * now. Throws Invalid: `case.step` if nothing can be noted any more, `option` if the old value is
 * not there, or the error of the new value.
 */
export async function propose(
  scope: Scope,
  item: CaseItem,
  { id, contactId, field, from, to, proof }: Correction & { id: string; proof: string },
): Promise<void> {
  const { sql, tenantId, actor, now } = scope;
  if (item.right !== "rectification" || item.closedAt) throw new Invalid("case.step", "value");
  const person = await casePersons.resolve(scope, item.caseId);
  if (!person?.contactIds.includes(contactId)) throw new Invalid("option", "what");
  const there = field === "supplement" ||
    (await standing(scope, person)).some((each) =>
      each.contactId === contactId && each.field === field && each.value === from
    );
  if (!there) throw new Invalid("option", "what");
  const { country } = await controllers.find(scope);
  const value = customs.isCustom(field)
    ? await customs.cleaned(scope, field, to)
    : cleaned(field, to, country);
  if (field !== "supplement" && proof.trim() === "") throw new Invalid("required", "proof");
  await sql`
    insert into rectifications ${
    sql({
      tenantId,
      id,
      ...(tenantId === providerId ? { identityId: contactId } : { contactId }),
      itemId: item.id,
      field,
      oldValue: from,
      newValue: value,
      proof: proof.trim(),
      createdAt: now,
      createdBy: actor.userId,
    })
  }
    on conflict do nothing
  `;
  if (item.status !== "execution") return;
  await enqueue(sql, "execute_right", tenantId, { caseId: item.caseId, itemId: item.id });
}

/** Withdraws a change that has not been made yet. */
export async function withdraw(
  { sql, tenantId }: Scope,
  itemId: string,
  id: string,
): Promise<void> {
  await sql`
    delete from rectifications
    where tenant_id = ${tenantId}
      and item_id = ${itemId}
      and id = ${id}
      and applied_at is null
  `;
}

/**
 * Writes the noted changes of an approved right. If nothing is noted yet it waits, unless there is
 * nobody whose data could be corrected.
 */
export async function execute(
  scope: Scope,
  item: CaseItem,
  { secretKey }: Pick<Means, "secretKey">,
): Promise<Outcome | null> {
  const { id: itemId, caseId } = item;
  const { sql, tenantId, now } = scope;
  const noted = (await list(scope, caseId)).filter((each) => each.itemId === itemId);
  if (noted.length === 0 && (await casePersons.settle(scope, caseId)).state === "nobody") {
    await enqueue(sql, "write_person", tenantId, { caseId, itemId, notice: "result" });
    return { status: "no_data" };
  }
  const wanted = noted.filter(({ appliedAt }) => !appliedAt);
  if (wanted.length === 0) return null;
  await sql`set local app.sees_restricted = 'on'`;
  for (const { id, contactId, field, oldValue, newValue } of wanted) {
    const correction = { contactId, field, from: oldValue, to: newValue };
    const placed = await postalKeys.ofContacts(scope, [contactId]);
    // An addition to an identity is stored only in the change itself.
    if (tenantId !== providerId || field !== "supplement") {
      const count = await write(sql, tenantId, correction, now);
      if (count === 0 && field === "identities.email") {
        return await askAgain(scope, item, "address_taken");
      }
      if (count === 0 && field !== "supplement" && !await stands(scope, correction)) {
        return await askAgain(scope, item, "value_gone");
      }
    }
    await sql`
      update rectifications
      set applied_at = ${now}
      where tenant_id = ${tenantId}
        and id = ${id}
    `;
    await keepForRestores(scope, secretKey, correction);
    if (field === "emails.address" || field === "phones.number") {
      await suppressions.keepLeaving(scope, secretKey, [{ contactId, address: oldValue }]);
    }
    await suppressions.keepMoved(scope, secretKey, placed);
    if (tenantId === providerId) continue;
    await changes.record(scope, {
      kind: "contact",
      id: contactId,
      action: "corrected",
      fields: [{
        name: customs.isCustom(field) ? historyName(customs.idOf(field)) : field.split(".").at(-1)!,
      }],
    });
  }
  await enqueue(sql, "write_person", tenantId, { caseId, itemId, notice: "result" });
  return { status: "done", reason: "" };
}

/** Whether the value is there already, whoever wrote it. */
async function stands(scope: Scope, { contactId, field, to }: Correction): Promise<boolean> {
  const person = { contactIds: [contactId], emails: [], phones: [], names: [], numbers: [] };
  return (await standing(scope, person)).some((each) => each.field === field && each.value === to);
}

/**
 * Nobody is told of what was not done: somebody else now logs in with that address, or the wrong
 * value has since been changed to another. The officer has to look at it.
 */
async function askAgain(
  scope: Scope,
  item: CaseItem,
  action: "address_taken" | "value_gone",
): Promise<null> {
  const by = { kind: "system", id: null } as const;
  const { id: itemId, caseId } = item;
  await caseEvents.append(scope, { caseId, itemId, action, by });
  await caseItems.move(scope, item, "review", by);
  return null;
}

/** The ledger keeps it sealed: an earlier backup must not bring the wrong value back. */
async function keepForRestores(
  { sql, tenantId }: Scope,
  secretKey: string,
  correction: Correction,
): Promise<void> {
  const detail = sealedSecrets.seal(secretKey, useOf(tenantId), JSON.stringify(correction));
  await sql`
    insert into ledger_entries (tenant_id, kind, table_name, record_ids, detail)
    values (
      ${tenantId}, 'corrected', 'contacts', array[${correction.contactId}]::uuid[],
      ${Buffer.from(detail).toString("base64")}
    )
  `;
}

/** A change as kept for restores. Throws SecretBroken. */
export const kept = (secretKey: string, tenantId: string, detail: string): Correction =>
  JSON.parse(sealedSecrets.open(secretKey, useOf(tenantId), Buffer.from(detail, "base64")));

const useOf = (tenantId: string) => `ledger ${tenantId}`;
