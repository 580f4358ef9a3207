/** What of records that are made one has to be chosen: their fields side by side. */
import type { CustomValue } from "./custom_values.ts";
import { closedColumns, emptyColumns, isHidden, type Limited, mayWrite } from "./field_rights.ts";
import * as customValues from "./custom_values.ts";
import { NotFound } from "./errors.ts";
import * as mergeDeals from "./merge_deals.ts";
import { type Kind, tables } from "./record_kinds.ts";
import type { Scope } from "./scope.ts";

/** A line of the comparison: columns of the record that only make sense together. */
export interface Field {
  name: string;
  columns: readonly string[];
  /** By what two records say the same, where that is not all columns. */
  tells?: readonly string[];
}

/** Where a deal stands. */
export const place = [
  "pipeline_id",
  "stage_id",
  "status",
  "stage_since",
  "closed_at",
  "lost_reason_id",
] as const;

const alone = (names: string): Field[] =>
  names.split(" ").map((name) => ({ name, columns: [name] }));

export const fields: Readonly<Record<Kind, readonly Field[]>> = {
  contact: [
    ...alone("salutation title first_name name_prefix last_name name_suffix letter_salutation"),
    ...alone("address_form language position birthday customer_number status owner_id website"),
    { name: "source", columns: ["source", "source_channel", "legal_basis", "purpose"] },
    ...alone("notes"),
  ],
  company: [
    { name: "name", columns: ["name", "legal_form"] },
    ...alone("industry status customer_number vat_id tax_number"),
    { name: "register_number", columns: ["register_court", "register_number"] },
    ...alone("website owner_id parent_id notes"),
  ],
  deal: [
    ...alone("title"),
    // Its lines stay with the deal whose amount is chosen.
    { name: "amount", columns: ["amount_cents", "currency"], tells: ["worth"] },
    { name: "stage", columns: place, tells: ["stage_id", "closed_at", "lost_reason_id"] },
    ...alone("expected_close_on company_id owner_id source notes"),
  ],
};

/** Lists of which everything is kept; chosen is only whose entries come first. */
export const lists = ["emails", "phones", "addresses", "companies"] as const;
export type List = typeof lists[number];

/** The choice for notes that keeps all of them. */
export const all = "all";

type Value = string | number | boolean | null;

/** A record that is to become one with others. */
export interface Candidate {
  id: string;
  version: number;
  createdAt: Date;
  /** The record's own row by its columns. */
  row: Record<string, Value>;
  ownerName: string | null;
  parentName: string | null;
  /** What it says in the fields of the house's own. */
  custom: CustomValue[];
  /** As they are shown. */
  lists: Record<List, string[]>;
  /** By what they are put in order. */
  keys: Record<List, string[]>;
}

/** How many records can be made one at once. */
export const most = 10;

/**
 * The living records, the oldest first: that is the one which is left. `locked` holds them for the
 * transaction. Throws NotFound when one of them is gone.
 */
export async function find(
  scope: Scope,
  kind: Kind,
  ids: readonly string[],
  locked = false,
): Promise<Candidate[]> {
  const { sql, tenantId } = scope;
  const wanted = [...new Set(ids)].slice(0, most);
  if (locked) {
    await sql`
      select id
      from ${sql(tables[kind])}
      where tenant_id = ${tenantId}
        and id = any (${wanted}::uuid[])
      order by id
      for update
    `;
  }
  const own = (table: string) =>
    sql`from ${sql(table)} x where x.tenant_id = p.tenant_id and x.${sql(`${kind}_id`)} = p.id`;
  const place = sql`concat_ws(
    '|', x.street, x.extra, x.po_box, x.postal_code, x.city, x.country
  )`;
  const rows = await sql<Candidate[]>`
    select p.id, p.version, p.created_at, ${
    kind === "deal" ? mergeDeals.row(scope) : sql`to_jsonb(p)`
  } as row,
      (
        select i.name
        from users u
        join identities i on i.id = u.identity_id
        where u.tenant_id = p.tenant_id
          and u.id = p.owner_id
      ) as owner_name,
      ${
    kind !== "company" ? sql`null` : sql`(
        select o.name
        from companies o
        where o.tenant_id = p.tenant_id
          and o.id = p.parent_id
      )`
  } as parent_name,
      ${customValues.column(scope, kind)},
      ${
    kind === "deal" ? noLists(sql) : sql`
      json_build_object(
        'emails', array(select x.address ${own("emails")} order by x.position, x.id),
        'phones', array(select x.number ${own("phones")} order by x.position, x.id),
        'addresses', array(
          select concat_ws(
            ', ', nullif(x.street, ''), nullif(x.po_box, ''),
            nullif(trim(x.postal_code || ' ' || x.city), '')
          )
          ${own("addresses")}
          order by x.position, x.id
        ),
        'companies', ${places(sql, kind, sql`concat_ws(', ', o.name, nullif(a.role, ''))`)}
      ) as lists,
      json_build_object(
        'emails', array(select x.address_key ${own("emails")} order by x.position, x.id),
        'phones', array(select x.number ${own("phones")} order by x.position, x.id),
        'addresses', array(select ${place} ${own("addresses")} order by x.position, x.id),
        'companies', ${places(sql, kind, sql`a.company_id::text`)}
      ) as keys`
  }
    from ${sql(tables[kind])} p
    where p.tenant_id = ${tenantId}
      and p.id = any (${wanted}::uuid[])
      and p.deleted_at is null
    order by p.created_at, p.id
  `;
  if (rows.length < wanted.length) throw new NotFound(kind);
  await customValues.told(scope, rows);
  return rows;
}

/** What hangs on deals is all kept, in no order. */
const noLists = (sql: Scope["sql"]) => {
  const none = sql.json(Object.fromEntries(lists.map((list) => [list, []])));
  return sql`${none}::json as lists, ${none}::json as keys`;
};

/** A person's places of work, the main one first; a company has none. */
function places(sql: Scope["sql"], kind: Kind, shown: ReturnType<Scope["sql"]>) {
  if (kind === "company") return sql`array[]::text[]`;
  return sql`array(
    select ${shown}
    from affiliations a
    join companies o on o.tenant_id = a.tenant_id and o.id = a.company_id
    where a.tenant_id = p.tenant_id
      and a.contact_id = p.id
      and o.deleted_at is null
    order by a.is_primary desc, a.id
  )`;
}

/** The records as the role may see them: what is hidden is empty. */
export const seen = (who: Limited, kind: Kind, candidates: readonly Candidate[]): Candidate[] =>
  candidates.map((each) => ({
    ...each,
    row: { ...each.row, ...emptyColumns(who, kind) },
    custom: each.custom.filter(({ fieldId }) => !isHidden(who, kind, fieldId)),
  }));

/** Whether a field is not the role's to choose: then nothing is lost, and the oldest record decides. */
export const isClosed = (who: Limited, kind: Kind, { columns }: Field): boolean =>
  closedColumns(who, kind).some((column) => columns.includes(column));

const valueOf = ({ columns, tells = columns }: Field, { row }: Candidate) =>
  tells.every((name) => (row[name] ?? "") === "")
    ? null
    : JSON.stringify(tells.map((name) => row[name] ?? null));

/** The records whose value there is one, each different value once. */
export function choicesOf(field: Field, candidates: readonly Candidate[]): Candidate[] {
  const seen = new Set<string | null>([null]);
  return candidates.filter((each) => {
    const value = valueOf(field, each);
    if (seen.has(value)) return false;
    seen.add(value);
    return true;
  });
}

/** The records whose list may come first, each different beginning once. */
export function firstsOf(list: List, candidates: readonly Candidate[]): Candidate[] {
  const seen = new Set<string | undefined>([undefined]);
  return candidates.filter(({ keys: { [list]: [first] } }) => {
    if (seen.has(first)) return false;
    seen.add(first);
    return true;
  });
}

/** How a choice of an own field is called. */
export const ownName = (fieldId: string): string => `f${fieldId.replaceAll("-", "")}`;

/** The own fields of which any of them says something. */
export const ownFields = (candidates: readonly Candidate[]): string[] => [
  ...new Set(candidates.flatMap(({ custom }) => custom.map(({ fieldId }) => fieldId))),
];

/** The records that say something in an own field, each different word once. */
export function ownChoices(fieldId: string, candidates: readonly Candidate[]): Candidate[] {
  const seen = new Set<string>(["[]"]);
  return candidates.filter(({ custom }) => {
    const own = custom.filter((each) => each.fieldId === fieldId).map(({ value }) => value);
    const word = JSON.stringify(own);
    if (seen.has(word)) return false;
    seen.add(word);
    return true;
  });
}

/** What has to be chosen: the names of fields and lists in which the records differ. */
export function openChoices(
  who: Limited,
  kind: Kind,
  candidates: readonly Candidate[],
): string[] {
  return [
    ...fields[kind].filter((field) => !isClosed(who, kind, field))
      .filter((field) => choicesOf(field, candidates).length > 1).map(({ name }) => name),
    ...ownFields(candidates).filter((id) => mayWrite(who, kind, id))
      .filter((id) => ownChoices(id, candidates).length > 1).map(ownName),
    ...lists.filter((list) => firstsOf(list, candidates).length > 1),
  ];
}

/** Whom a field or list is taken from; null where none has it. */
export function chosen(
  among: readonly Candidate[],
  choice: string | undefined,
  candidates: readonly Candidate[],
): Candidate | null {
  if (among.length <= 1) return among[0] ?? null;
  return candidates.find(({ id }) => id === choice) ?? null;
}
