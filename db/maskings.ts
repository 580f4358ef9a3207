/** A person made unreadable in rows that stay because they are about others as well. */
import { personalData } from "./personal_data.ts";
import type { Person } from "./person_tables.ts";
import * as personNames from "./person_names.ts";
import * as phones from "./phones.ts";
import type { AnySql, Fragment } from "./pool.ts";
import { bar } from "./redactions.ts";

/** What may hold a person's name in words; states and kinds are words of ours and stay. */
const open = new Set([
  "name",
  "contact",
  "address",
  "identifier",
  "work",
  "content",
  "communication",
]);
/** Free text among what is otherwise a choice of ours. */
const free = new Set(["deals.source"]);
/** Shorter words would take others with them. */
const shortest = 4;

/** All that a person is called and reached by, the longest first. */
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

/** The words as one regular expression of PostgreSQL: whole words, in any case. */
export function patternOf(words: readonly string[]): string {
  const escaped = words.map((word) => {
    const plain = word.replace(/[^\p{L}\p{N}\s]/gu, "\\$&");
    const [from, to] = [/^[\p{L}\p{N}]/u, /[\p{L}\p{N}]$/u].map((edge) => edge.test(word));
    return `${from ? "\\m" : ""}${plain}${to ? "\\M" : ""}`;
  });
  return `(${escaped.join("|")})`;
}

/** The columns of a table that are made unreadable, by their types. */
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
    return category !== undefined && (open.has(category) || free.has(`${table}.${name}`));
  });
}

/** Rows of a table in which a person was made unreadable, by their identifiers. */
export interface Masked {
  table: string;
  ids: string[];
}

/** A tenant's transaction; of a database that is being restored, its owner's. */
type Place = { sql: AnySql; tenantId: string };

/** Makes the words unreadable in the rows `t` that a condition names; which rows. */
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
    type === "text"
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

/** The column that names a row, or the few that stand together. */
export const keyOf = (table: string): string => keys[table] ?? "id";

const keys: Readonly<Record<string, string>> = {
  outgoing_messages: "message_id",
  import_updates: "record_id",
  merge_rows: "merge_id",
};

const joined = (sql: AnySql, parts: readonly Fragment[], between: Fragment) =>
  parts.slice(1).reduce((all, part) => sql`${all}${between}${part}`, parts[0]!);
