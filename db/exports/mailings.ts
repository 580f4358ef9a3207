/** Decides whom an export for a mailing leaves out: those who object (Art. 21(3) GDPR). */
import * as postalKeys from "../postal_keys.ts";
import type { Scope } from "../scope.ts";
import { selected, type Selection } from "../selections.ts";
import * as suppressions from "../suppressions.ts";
import type { Only } from "./records.ts";

export interface Wanted {
  purpose: string;
  selection?: Selection;
  /** Persons to be left out of a mailing, as returned by `barred`. */
  except?: readonly string[];
}

/** The persons that an export writes; `ids` null for all. */
export async function persons(
  scope: Scope,
  { purpose, selection, except = [] }: Wanted,
): Promise<{ ids: Only }> {
  const only = selection ? (await selected(scope, "contact", selection)).ids : null;
  return { ids: purpose === "mailing" ? reachable(scope, only, except) : only };
}

/** Persons checked together. */
const batchSize = 1_000;

/**
 * The living persons whose address an earlier record or an erasure left barred for mail, or whose
 * name and address are barred for post. Only hashes are stored, so each person has to be checked.
 */
export async function barred(scope: Scope, secretKey: string): Promise<string[]> {
  const found: string[] = [];
  if (!await suppressions.exist(scope)) return found;
  const { sql, tenantId } = scope;
  const hashes = suppressions.hasherOfAll(secretKey, tenantId);
  for (let after: string | null = null;;) {
    const rows: { id: string; emails: string[] }[] = await sql`
      select c.id, array(
        select e.address
        from emails e
        where e.tenant_id = ${tenantId}
          and e.contact_id = c.id
      ) as emails
      from contacts c
      where c.tenant_id = ${tenantId}
        and c.deleted_at is null
        ${after === null ? sql`` : sql`and c.id > ${after}`}
      order by c.id
      limit ${batchSize}
    `;
    const places = await postalKeys.ofContacts(scope, rows.map(({ id }) => id));
    const emails = rows.flatMap((row) => row.emails);
    const mail = await suppressions.among(scope, hashes, emails, "email");
    const post = await suppressions.among(scope, hashes, places.map(({ key }) => key), "post");
    const atHome = new Set(places.flatMap(({ contactId, key }) => post.has(key) ? contactId : []));
    for (const row of rows) {
      if (atHome.has(row.id) || row.emails.some((each) => mail.has(each))) found.push(row.id);
    }
    if (rows.length < batchSize) return found;
    after = rows.at(-1)!.id;
  }
}

/**
 * Of the wanted persons, those whom a mailing may reach: none who objects to mail, to post or to
 * everything, and none who has withdrawn consent to either without another one in force.
 */
function reachable(
  { sql, tenantId }: Scope,
  only: Only,
  except: readonly string[],
): NonNullable<Only> {
  const consent = (withdrawn: boolean) =>
    sql`exists (
      select
      from consents s
      where s.tenant_id = ${tenantId}
        and s.contact_id = r.id
        and s.channel in ('email', 'post')
        and (s.withdrawn_at is not null) = ${withdrawn}
    )`;
  return sql`
    select r.id
    from contacts r
    where r.tenant_id = ${tenantId}
      and r.deleted_at is null
      ${only === null ? sql`` : sql`and r.id in (${only})`}
      ${except.length === 0 ? sql`` : sql`and r.id <> all (${[...except]}::uuid[])`}
      and not exists (
        select
        from objections b
        where b.tenant_id = ${tenantId}
          and b.contact_id = r.id
          and b.channel in ('all', 'email', 'post')
      )
      and (not ${consent(true)} or ${consent(false)})
  `;
}
