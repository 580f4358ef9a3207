/**
 * The whole schema in one readable file, `db/schema.sql`: generated from the catalogue by `deno
 * task schema`.
 */
import { join } from "node:path";
import { startEmbedded } from "./embedded.ts";
import { migrate, readMigrations } from "./migrate.ts";
import { openPool, type Sql } from "./pool.ts";

export const schemaFile = new URL("./schema.sql", import.meta.url);

const head =
  `-- What all migrations amount to. Written by \`deno task schema\`; change a migration, not this.
-- The queue's own tables (schema jobs) are pg-boss's and not shown.`;

/** The schema of a migrated database as SQL, the same for the same migrations. */
export async function describe(pool: Sql): Promise<string> {
  const parts = [head, await extensions(pool), ...await tables(pool), await functions(pool)];
  return parts.filter(Boolean).join("\n\n") + "\n";
}

async function extensions(pool: Sql): Promise<string> {
  const rows = await pool<{ name: string }[]>`
    select extname as name
    from pg_extension
    where extname <> 'plpgsql'
    order by extname
  `;
  return rows.map(({ name }) => `create extension ${name};`).join("\n");
}

async function functions(pool: Sql): Promise<string> {
  const rows = await pool<{ text: string }[]>`
    select pg_get_functiondef(p.oid) as text
    from pg_proc p
    where p.pronamespace = 'public'::regnamespace
      and not exists (
        select from pg_depend d
        where d.classid = 'pg_proc'::regclass
          and d.objid = p.oid
          and d.deptype = 'e'
      )
    order by p.proname, pg_get_function_identity_arguments(p.oid)
  `;
  return rows.map(({ text }) => `${header(text.trim())};`).join("\n\n");
}

interface Table {
  name: string;
  secured: boolean;
  columns: string[];
  constraints: string[];
  indexes: string[];
  policies: string[];
  unsampled: string | null;
}

async function tables(pool: Sql): Promise<string[]> {
  const rows = await pool<Table[]>`
    select c.relname as name, c.relrowsecurity as secured,
      array(
        select concat_ws(
          ' ', quote_ident(a.attname), format_type(a.atttypid, a.atttypmod),
          case when a.attgenerated = 's'
            then 'generated always as (' || pg_get_expr(d.adbin, d.adrelid) || ') stored'
            else 'default ' || pg_get_expr(d.adbin, d.adrelid) end,
          case when a.attnotnull then 'not null' end
        )
        from pg_attribute a
        left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
        where a.attrelid = c.oid
          and a.attnum > 0
          and not a.attisdropped
        order by a.attnum
      ) as columns,
      array(
        select pg_get_constraintdef(k.oid)
        from pg_constraint k
        where k.conrelid = c.oid
          and k.contype in ('p', 'u', 'f', 'c')
        order by array_position('{p,u,f,c}'::text[], k.contype::text), k.conname
      ) as constraints,
      array(
        select pg_get_indexdef(i.indexrelid)
        from pg_index i
        join pg_class x on x.oid = i.indexrelid
        where i.indrelid = c.oid
          and not exists (select from pg_constraint k where k.conindid = i.indexrelid and k.conrelid = c.oid)
        order by x.relname
      ) as indexes,
      array(
        select 'create policy ' || quote_ident(p.polname) || ' on ' || c.relname
          || case when p.polpermissive then '' else ' as restrictive' end
          || case when p.polcmd = 'r' then ' for select' else '' end
          || coalesce(' using ' || pg_get_expr(p.polqual, p.polrelid), '')
          || coalesce(' with check ' || pg_get_expr(p.polwithcheck, p.polrelid), '')
        from pg_policy p
        where p.polrelid = c.oid
        order by p.polname
      ) as policies,
      (
        select string_agg(a.attname, ', ' order by a.attnum)
        from pg_attribute a
        where a.attrelid = c.oid
          and a.attnum > 0
          and a.attstattarget = 0
          and not a.attisdropped
      ) as unsampled
    from pg_class c
    where c.relnamespace = 'public'::regnamespace
      and c.relkind in ('r', 'p')
    order by c.oid
  `;
  return rows.map(text);
}

function text(table: Table): string {
  const body = [...table.columns, ...table.constraints].map((line) => `  ${plain(line)}`);
  return [
    `create table ${table.name} (\n${body.join(",\n")}\n);`,
    ...table.unsampled ? [`-- no statistics: ${table.unsampled}`] : [],
    ...table.indexes.map((index) => `${plain(index)};`),
    ...table.secured ? [`alter table ${table.name} enable row level security;`] : [],
    ...table.policies.map((policy) => `${plain(policy)};`),
  ].join("\n");
}

/** PostgreSQL's SQL in the migrations' style: lower case, no needless casts or brackets. */
const plain = (sql: string) =>
  sql
    .replace(
      /\b(PRIMARY KEY|UNIQUE|FOREIGN KEY|REFERENCES|ON DELETE CASCADE|CHECK|CREATE|INDEX|CASE|WHEN|THEN|ELSE|END|ON|USING|WHERE|DESC|COLLATE|NOT|IS|NULL|AND|OR|WITH)\b/g,
      (word) => word.toLowerCase(),
    )
    .replace(/(?<!')('(?:[^']|'')*')::text/g, "$1")
    .replace(/\((\w+) = ANY \(ARRAY\[([^\]]*)\]\)\)/g, "($1 in ($2))")
    .replace(/^check \(\(([^()]*(?:\([^()]*\)[^()]*)*)\)\)$/, "check ($1)")
    .replace(/(?<!\s)\s*\n\s*/g, " ")
    .replaceAll("timestamp with time zone", "timestamptz")
    .replace(" on public.", " on ");

/** A function's header in lower case; its body stays as written. */
function header(definition: string): string {
  const at = definition.indexOf("AS $function$");
  const lines = definition.slice(0, at).replace(
    "CREATE OR REPLACE FUNCTION public.",
    "create function ",
  );
  return lines.replace(/^( ?[A-Z_ ]+)/gm, (words) => words.toLowerCase()) + "as" +
    definition.slice(at + 2);
}

/** Migrates an empty database and writes its schema to `db/schema.sql`. */
async function write(): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "kompaktcrm-schema-" });
  const server = await startEmbedded(join(folder, "data"));
  try {
    const pool = openPool(server.adminUrl, { max: 1 });
    await migrate(pool, await readMigrations());
    await Deno.writeTextFile(schemaFile, await describe(pool));
    await pool.end();
  } finally {
    await server.stop();
    await Deno.remove(folder, { recursive: true });
  }
}

if (import.meta.main) {
  await write();
  Deno.exit(0);
}
