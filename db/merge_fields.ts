/** What has to be chosen when records are merged: their fields side by side. */
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
  /** The columns by which two records count as equal, if not all. */
  compared?: readonly string[];
}

/** The columns that say which stage a deal is in. */
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
    { name: "amount", columns: ["amount_cents", "currency"], compared: ["worth"] },
    { name: "stage", columns: place, compared: ["stage_id", "closed_at", "lost_reason_id"] },
    ...alone("expected_close_on company_id owner_id source notes"),
  ],
};

/** Lists that are kept in full; the choice is only whose entries come first. */
export const lists = ["emails", "phones", "addresses", "companies"] as const;
export type List = typeof lists[number];

/** The choice for notes that keeps all of them. */
export const all = "all";

type Value = string | number | boolean | null;

/** A record to be merged with others. */
export interface Candidate {
  id: string;
  version: number;
  createdAt: Date;
  /** The record's own row by its columns. */
  row: Record<string, Value>;
  ownerName: string | null;
  parentName: string | null;
  /** Its values in custom fields. */
  custom: CustomValue[];
  /** As displayed. */
  lists: Record<List, string[]>;
  /** What the entries are ordered by. */
  keys: Record<List, string[]>;
}

/** How many records can be merged at once. */
export const most = 10;

/**
 * The records, oldest first, as the oldest is kept; none in the trash. `locked` locks them for the
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
  await customValues.addNames(scope, rows);
  return rows;
}

/** Deals have no lists to choose: everything attached to them is kept, in no order. */
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

/** The records as the role may see them: hidden values are empty. */
export const seen = (who: Limited, kind: Kind, candidates: readonly Candidate[]): Candidate[] =>
  candidates.map((each) => ({
    ...each,
    row: { ...each.row, ...emptyColumns(who, kind), ...hiddenAmount(who, kind) },
    custom: each.custom.filter(({ fieldId }) => !isHidden(who, kind, fieldId)),
  }));

/** What would give away a hidden amount: its value, and its number of lines. */
const hiddenAmount = (who: Limited, kind: Kind): Record<string, null> =>
  kind === "deal" && isHidden(who, kind, "amount") ? { worth: null, lines: null } : {};

/** Whether the role may not choose a field: then the oldest record decides, and nothing is lost. */
export const isClosed = (who: Limited, kind: Kind, { columns }: Field): boolean =>
  closedColumns(who, kind).some((column) => columns.includes(column));

const valueOf = ({ columns, compared = columns }: Field, { row }: Candidate) =>
  compared.every((name) => (row[name] ?? "") === "")
    ? null
    : JSON.stringify(compared.map((name) => row[name] ?? null));

/** The records with a value for the field, one for each different value. */
export function choicesOf(field: Field, candidates: readonly Candidate[]): Candidate[] {
  const seen = new Set<string | null>([null]);
  return candidates.filter((each) => {
    const value = valueOf(field, each);
    if (seen.has(value)) return false;
    seen.add(value);
    return true;
  });
}

/** The records whose list may come first, one for each different start. */
export function firstsOf(list: List, candidates: readonly Candidate[]): Candidate[] {
  const seen = new Set<string | undefined>([undefined]);
  return candidates.filter(({ keys: { [list]: [first] } }) => {
    if (seen.has(first)) return false;
    seen.add(first);
    return true;
  });
}

/** The name of the choice for a custom field. */
export const ownName = (fieldId: string): string => `f${fieldId.replaceAll("-", "")}`;

/** The custom fields for which any record has a value. */
export const customFields = (candidates: readonly Candidate[]): string[] => [
  ...new Set(candidates.flatMap(({ custom }) => custom.map(({ fieldId }) => fieldId))),
];

/** The records with a value in a custom field, one for each different value. */
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
    ...customFields(candidates).filter((id) => mayWrite(who, kind, id))
      .filter((id) => ownChoices(id, candidates).length > 1).map(ownName),
    ...lists.filter((list) => firstsOf(list, candidates).length > 1),
  ];
}

/** The record that a field or list is taken from; null if none has it. */
export function chosen(
  among: readonly Candidate[],
  choice: string | undefined,
  candidates: readonly Candidate[],
): Candidate | null {
  if (among.length <= 1) return among[0] ?? null;
  return candidates.find(({ id }) => id === choice) ?? null;
}
