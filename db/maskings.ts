/** Makes a person unreadable in rows that are kept because they also concern others. */
import { personalData } from "./personal_data.ts";
import type { Person } from "./person_tables.ts";
import * as personNames from "./person_names.ts";
import * as phones from "./phones.ts";
import type { AnySql, Fragment } from "./pool.ts";
import { bar } from "./redaction_patterns.ts";

/** Columns that may contain a person's name; states and kinds are our own words and stay. */
const open = new Set([
  "name",
  "contact",
  "address",
  "identifier",
  "work",
  "content",
  "communication",
]);
/** Free text in columns of another category, by table: whoever types it may name a person. */
const free: Readonly<Record<string, readonly string[]>> = {
  companies: ["source", "industry"],
  contacts: ["source", "restricted_reason", "retain_reason", "notice_exception_reason"],
  custom_choices: ["label_de", "label_en"],
  custom_fields: ["label_de", "label_en", "help_de", "help_en"],
  deals: ["source"],
  imports: ["source", "purpose"],
  letter_templates: ["name", "subject", "body"],
  lost_reasons: ["name"],
  offer_settings: ["opening_de", "opening_en", "closing_de", "closing_en"],
  pipelines: ["name"],
  products: ["name", "description"],
  stages: ["name"],
  tags: ["name", "name_before"],
  teams: ["name"],
};
/** Tables with a name that no two rows may share: the id's end keeps masked ones apart. */
const unique = new Set(["tags", "teams"]);
/** Shorter words would also match other people's text. */
const shortest = 4;

/** All names and addresses of a person, the longest first. */
export function wordsOf({ emails, phones: numbers, names, numbers: customer }: Person): string[] {
  const lastNames = names.map((each) => personNames.split(each).lastName);
  const spelled = numbers.flatMap((each) => [
    each,
    phones.national(each),
    phones.national(each).replace(/\D/g, ""),
    phones.international(each),
  ]);
  const all = [...emails, ...names, ...lastNames, ...spelled, ...customer].map((word) =>
    word.trim()
  );
  return [...new Set(all.filter((word) => word.length >= shortest))]
    .sort((a, b) => b.length - a.length);
}

/**
 * The words as one PostgreSQL regular expression: whole words, ignoring case, and phone numbers
 * however they are punctuated.
 */
export function patternOf(words: readonly string[]): string {
  const escaped = words.map((word) => {
    const number = phones.patternOf(word);
    if (number) return number;
    const plain = word.replace(/[^\p{L}\p{N}\s]/gu, "\\$&");
    const [from, to] = [/^[\p{L}\p{N}]/u, /[\p{L}\p{N}]$/u].map((edge) => edge.test(word));
    return `${from ? "\\m" : ""}${plain}${to ? "\\M" : ""}`;
  });
  return `(${escaped.join("|")})`;
}

/** The columns of a table that are made unreadable, by type. */
async function columnsOf(sql: AnySql, table: string) {
  const map = personalData[`public.${table}`] ?? {};
  const rows = await sql<{ name: string; type: "text" | "jsonb" }[]>`
    select a.attname as name, a.atttypid::regtype::text as type
    from pg_attribute a
    where a.attrelid = ${table}::regclass
      and a.attnum > 0
      and not a.attisdropped
      and a.attgenerated = ''
      and a.atttypid in ('text'::regtype, 'jsonb'::regtype)
  `;
  return rows.filter(({ name }) => {
    const category = map[name]?.category;
    return category !== undefined && (open.has(category) || free[table]?.includes(name));
  });
}

/** Rows of a table in which a person was made unreadable, by their identifiers. */
export interface Masked {
  table: string;
  ids: string[];
}

/** A tenant's transaction or, for a database being restored, its owner's. */
type Place = { sql: AnySql; tenantId: string };

/** Makes the words unreadable in the rows `t` that match a condition; returns which rows. */
export async function mask(
  { sql, tenantId }: Place,
  table: string,
  words: readonly string[],
  condition: Fragment,
): Promise<Masked> {
  const columns = await columnsOf(sql, table);
  if (words.length === 0 || columns.length === 0) return { table, ids: [] };
  const pattern = patternOf(words);
  const replaced = columns.map(({ name, type }) =>
    name === "name" && unique.has(table)
      ? sql`${sql(name)} = case when t.${sql(name)} ~* ${pattern} then concat_ws(
          ' ', left(regexp_replace(t.${
        sql(name)
      }, ${pattern}, ${bar}, 'gi'), 95), right(t.id::text, 4)
        ) else t.${sql(name)} end`
      : type === "text"
      ? sql`${sql(name)} = regexp_replace(t.${sql(name)}, ${pattern}, ${bar}, 'gi')`
      : sql`
        ${sql(name)} = regexp_replace(t.${sql(name)}::text, ${pattern}, ${bar}, 'gi')::jsonb`
  );
  const holds = columns.map(({ name }) => sql`t.${sql(name)}::text ~* ${pattern}`);
  const rows = await sql<{ id: string }[]>`
    update ${sql(table)} t
    set ${joined(sql, replaced, sql`, `)}
    where t.tenant_id = ${tenantId}
      and (${condition})
      and (${joined(sql, holds, sql` or `)})
    returning t.${sql(keyOf(table))} as id
  `;
  return { table, ids: rows.map(({ id }) => id) };
}

/** The column that identifies a row, or the rows that belong together. */
export const keyOf = (table: string): string => keys[table] ?? "id";

const keys: Readonly<Record<string, string>> = {
  outgoing_messages: "message_id",
  import_updates: "record_id",
  merge_rows: "merge_id",
};

const joined = (sql: AnySql, parts: readonly Fragment[], between: Fragment) =>
  parts.slice(1).reduce((all, part) => sql`${all}${between}${part}`, parts[0]!);
