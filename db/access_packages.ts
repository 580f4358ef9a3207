/**
 * The answer to a right of access (Art. 15 GDPR): everything the tenant stores about one person.
 */
import * as authorities from "./authorities.ts";
import * as caseFiles from "./case_files.ts";
import * as changes from "./changes.ts";
import * as accessFiles from "./access_files.ts";
import { withNames } from "./access_names.ts";
import * as customAccess from "./custom_access.ts";
import { type Parties, recipientsOf } from "./access_recipients.ts";
import { furtherPurposes, type Processed } from "./access_purposes.ts";
import { NotFound } from "./errors.ts";
import {
  columnsOf,
  type Person,
  personTables,
  type Rows,
  rowsOf,
  type TableRows,
} from "./person_tables.ts";
import type { KeyStore } from "./key_store.ts";
import { type PeriodFact, periodOf } from "./policies/facts.ts";
import type { Clock } from "./record_clocks.ts";
import * as retentions from "./retentions.ts";
import { treatments } from "./erasure_plans.ts";
import * as postalKeys from "./postal_keys.ts";
import type { Scope } from "./scope.ts";
import * as suppressions from "./suppressions.ts";

export interface AccessPackage extends Parties {
  person: Person;
  /** Named as in the personal-data map; `logs` is not a table. */
  tables: TableRows[];
  /** Channels barred for an address that is stored only as a keyed hash. */
  barred: { channel: string; reason: string; since: Date }[];
  files: accessFiles.PackageFile[];
  /** Files in which the data came and that are still kept; the person's rows are a table. */
  imported: accessFiles.ImportFile[];
  /** The number of files withheld to protect others. */
  leftOut: number;
  /** What the person sent with requests that are still open. */
  letters: { name: string; size: number; bytes: Uint8Array<ArrayBuffer> }[];
  /** Purposes beyond those in the record itself: consents and custom fields. */
  further: Processed[];
  /**
   * Null if the controller's Land is unknown: then none of the sixteen is claimed to be competent.
   */
  authority: authorities.Authority | null;
  /** How long the data found is kept, by retention class. */
  periods: PeriodFact[];
  /** When the person's records may be erased, and what prevents it before then. */
  clocks: Clock[];
}

/**
 * Reads the contact with all its identifiers, even if restricted or in the trash. Throws NotFound.
 */
export async function findPerson(scope: Scope, contactId: string): Promise<Person> {
  const { sql, tenantId } = scope;
  // Whoever answers the person has to see what nobody else may.
  await sql`set local app.sees_restricted = 'on'`;
  // Records merged into it are the same person: hidden rows and the ids of former records.
  const former = await sql<{ id: string }[]>`
    select id
    from former_ids
    where tenant_id = ${tenantId}
      and contact_id = ${contactId}
    order by id
  `;
  const ids = [contactId, ...former.map(({ id }) => id)];
  const rows = await sql<(Pick<Person, "emails" | "phones"> & Named)[]>`
    select c.first_name, c.name_prefix, c.last_name, c.customer_number,
      array(
        select e.address
        from emails e
        where e.tenant_id = c.tenant_id
          and e.contact_id = c.id
        order by e.position
      ) as emails,
      array(
        select p.number
        from phones p
        where p.tenant_id = c.tenant_id
          and p.contact_id = c.id
        order by p.position
      ) as phones
    from contacts c
    where c.tenant_id = ${tenantId}
      and c.id = any (${ids}::uuid[])
    order by c.id = ${contactId} desc, c.id
  `;
  if (rows.length === 0) throw new NotFound("contact");
  const each = (values: readonly string[]) => [...new Set(values.filter(Boolean))];
  return {
    contactIds: ids,
    emails: each(rows.flatMap(({ emails }) => emails)),
    phones: each(rows.flatMap(({ phones }) => phones)),
    names: each(
      rows.map(({ firstName, namePrefix, lastName }) =>
        [firstName, namePrefix, lastName].filter(Boolean).join(" ")
      ),
    ),
    numbers: each(rows.map(({ customerNumber }) => customerNumber)),
  };
}

interface Named {
  firstName: string;
  namePrefix: string;
  lastName: string;
  customerNumber: string;
}

/**
 * Everything the tenant stores about a person; data of others is still readable in it. Built-in
 * labels are in `language`.
 */
export async function read(
  scope: Scope,
  store: KeyStore,
  person: Person,
  language: customAccess.Language = "de",
): Promise<AccessPackage> {
  const tables = await readTables(scope, person, personTables, language);
  const around = await frame(scope, store, person, tables);
  const { imported, tables: ownRows } = await accessFiles.listImports(scope, store, person);
  return {
    ...around,
    tables: [...around.tables, ...ownRows],
    barred: await barred(scope, store.secretKey, person),
    files: await accessFiles.list(scope, person),
    imported,
    periods: await retentions.ofTenant(scope, periodsOf(tables.map(({ table }) => table))),
    clocks: await retentions.clocksOf(scope, "contact", person.contactIds),
  };
}

/** The rows of these tables about a person, as an answer reports them; the newest `most` of each. */
export async function readTables(
  scope: Scope,
  person: Person,
  names: readonly Rows["table"][],
  language: customAccess.Language = "de",
  most?: number,
): Promise<Rows[]> {
  const tables: Rows[] = [];
  const staff = await staffOf(scope);
  for (const table of names) {
    const rows = await exported(scope, person, table, { staff, most });
    if (rows.length > 0) tables.push({ table, rows });
  }
  return await withNames(scope, tables, language);
}

/** The person's requests, which the provider's answer includes as well. */
const requests = personTables.filter((name) => treatments[name] === "evidence");

/** The context of the data: requests and their letters, controller, recipients, authorities. */
export async function frame(
  scope: Scope,
  store: KeyStore,
  person: Person,
  tables?: Rows[],
): Promise<AccessPackage> {
  const parties = await recipientsOf(scope);
  const read = tables ?? await readTables(scope, person, requests);
  return {
    person,
    tables: read,
    further: furtherPurposes(read),
    barred: [],
    files: [],
    imported: [],
    leftOut: 0,
    letters: await caseFiles.openAll(
      scope,
      store,
      (await rowsOf(scope, person, "cases", ["id"])).map(({ id }) => String(id)),
    ),
    ...parties,
    authority: authorities.lookup(parties.controller),
    periods: [],
    clocks: [],
  };
}

/** The retention classes of the disclosed columns of these tables. */
export function periodsOf(tables: readonly string[]): PeriodFact[] {
  const classes = tables.flatMap((table) =>
    columnsOf(table).filter(([, { inAccessExport }]) => inAccessExport !== false)
      .map(([, { retention }]) => retention)
  );
  return [...new Set(classes)].map(periodOf);
}

/** What a professional secret keeps from the person (BDSG 29(1)): why, not that nobody told them. */
const secret = { notice_exception_reason: true };

/** The rows of a table as the map allows: values, or only that one exists; staff are not named. */
async function exported(
  scope: Scope,
  person: Person,
  table: Rows["table"],
  { staff, most }: { staff: ReadonlySet<unknown>; most?: number },
) {
  // A file's row keeps its id until it is decided which files are withheld (`cover`).
  const columns = columnsOf(table).filter(([name, { inAccessExport }]) =>
    inAccessExport !== false || (table === "files" && name === "id")
  );
  const rows = await rowsOf(scope, person, table, columns.map(([name]) => name), most);
  return rows.map((row) =>
    Object.fromEntries(columns.map(([name, { inAccessExport }]) => {
      const value = name in secret && row.notice_exception === "secrecy" ? null : row[name] ?? null;
      if (inAccessExport === "presence") return [name, value === null ? null : "present"];
      return [name, unstaffed(name, value, staff)];
    }))
  );
}

/** The identifiers of the tenant's users. */
const staffOf = async ({ sql, tenantId }: Scope): Promise<Set<unknown>> =>
  new Set((await sql`select id from users where tenant_id = ${tenantId}`).map(({ id }) => id));

/** A value without the identifiers of staff, also within earlier states of a row and its history. */
function unstaffed(name: string, value: unknown, staff: ReadonlySet<unknown>): unknown {
  if (value === null) return null;
  if (isStaff(name) || staff.has(value)) return "staff";
  if (typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map((each) => unstaffed("", each, staff));
  return Object.fromEntries(
    Object.entries(value).map(([each, inner]) => [each, unstaffed(each, inner, staff)]),
  );
}

/** Names of employees are not part of the copy (C-579/21); that an employee acted is. */
const isStaff = (column: string) => /(_by|^owner_id|^actor_id)$/.test(column);

async function barred(scope: Scope, secretKey: string, person: Person) {
  const hashesOf = suppressions.hasherOfAll(secretKey, scope.tenantId);
  const hashes = (await postalKeys.marksOf(scope, person)).flatMap(hashesOf)
    .map((each) => each.toString("hex"));
  return await scope.sql<AccessPackage["barred"]>`
    select s.channel, s.reason, s.created_at as since
    from suppressions s
    where s.tenant_id = ${scope.tenantId}
      and s.address_hash = any (
        select decode(wanted.hash, 'hex')
        from unnest(${hashes}::text[]) as wanted (hash)
      )
    order by s.created_at, s.channel
  `;
}

/** Records in the person's history that the answer was handed out. */
export async function record(scope: Scope, { contactIds }: Person): Promise<void> {
  await changes.recordAll(scope, { kind: "contact", ids: contactIds, action: "disclosed" });
}
