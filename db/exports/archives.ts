/**
 * Exports everything of a tenant as one ZIP, written while it is read: each table of the
 * personal-data map as JSON and CSV, and each stored file. Tables added to the map are included
 * automatically.
 */
import { now } from "../clock.ts";
import { cleanName } from "../file_names.ts";
import { objectOf } from "../files.ts";
import { personalData } from "../personal_data.ts";
import type { Column } from "../personal_data/columns.ts";
import type { Scope } from "../scope.ts";
import { open, type Vault } from "../vault.ts";
import { row as csvRow } from "./csv.ts";

/** Rows read at once. */
const batch = 500;

/** A table of the archive and its exported columns. */
interface Table {
  name: string;
  columns: string[];
  rows: number;
}

/** Excludes copies made from other columns, and anything that grants access to its holder. */
const leaves = ({ category, inAccessExport }: Column): boolean =>
  category !== "copy" && category !== "credentials" && inAccessExport !== "presence";

/** The tenant's tables according to the personal-data map. */
export const archivedTables = (): Table[] =>
  Object.entries(personalData)
    .filter(([name, columns]) => name.startsWith("public.") && "tenant_id" in columns)
    .map(([name, columns]) => ({
      name: name.slice("public.".length),
      columns: Object.entries(columns).filter(([, column]) => leaves(column))
        .map(([column]) => column),
      rows: 0,
    }))
    .filter(({ columns }) => columns.length > 0)
    .sort((a, b) => (a.name < b.name ? -1 : 1));

/** What the archive contains in total. */
export interface Written {
  rows: number;
  files: number;
}

/** The archive's bytes; `written` is filled in once the last of them is out. */
export async function* archive(
  scope: Scope,
  vault: Vault,
  written: Written,
): AsyncGenerator<Uint8Array> {
  let fail: (error: unknown) => void = () => {};
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>({
    start: (controller) => {
      fail = (error) => controller.error(error);
    },
  });
  const writing = write(scope, vault, writable, written);
  writing.catch(fail);
  try {
    yield* readable;
    await writing;
  } finally {
    await writing.catch(() => {});
  }
}

async function write(
  scope: Scope,
  vault: Vault,
  writable: WritableStream<Uint8Array>,
  written: Written,
): Promise<void> {
  const { TextReader, ZipWriter } = await import("@zip.js/zip.js");
  const zip = new ZipWriter(writable, {
    useWebWorkers: false,
    extendedTimestamp: false,
    zip64: true,
  });
  const options = { lastModDate: now() };
  const add = (name: string, pieces: AsyncIterable<Uint8Array>) =>
    zip.add(name, ReadableStream.from(pieces) as ReadableStream<Uint8Array>, options);
  await scope.sql`set transaction isolation level repeatable read, read only`;
  // The owner also exports what nobody else is shown.
  await scope.sql`set local app.sees_restricted = 'on'`;
  const tables = archivedTables();
  for (const table of tables) {
    await add(`json/${table.name}.json`, json(rowsOf(scope, table), table));
    await add(`csv/${table.name}.csv`, csv(rowsOf(scope, table), table));
    written.rows += table.rows;
  }
  const own: Table = { name: "tenants", columns: ["id", "slug", "name", "country"], rows: 0 };
  await add("json/tenants.json", json(ownRow(scope), own));
  const people: Table = { name: "identities", columns: ["id", "name", "email"], rows: 0 };
  await add("json/identities.json", json(peopleOf(scope), people));
  await add("csv/identities.csv", csv(peopleOf(scope), people));
  for await (const { id, name, objectId } of filesOf(scope)) {
    await zip.add(
      `files/${id}/${cleanName(name)}`,
      open(vault, objectOf(scope.tenantId, objectId)),
      { ...options, level: 0 },
    );
    written.files++;
  }
  const contents = {
    format: "kompaktcrm-archive/1",
    at: scope.now.toISOString(),
    files: written.files,
    tables: tables.map(({ name, columns, rows }) => ({ name, columns, rows })),
  };
  await zip.add("contents.json", new TextReader(JSON.stringify(contents, null, 2)), options);
  await zip.close();
}

type Row = Record<string, unknown>;

/** A table's rows in the order of their key, one batch at a time. */
async function* rowsOf({ sql, tenantId }: Scope, { name, columns }: Table): AsyncGenerator<Row[]> {
  const rows = sql<{ row: string }[]>`
    select row_to_json(r)::text as row
    from (
      select ${sql(columns.map((each) => `t.${each}`))}
      from ${sql(name)} t
      where t.tenant_id = ${tenantId}
    ) r
  `;
  for await (const some of rows.cursor(batch)) yield some.map(({ row }) => JSON.parse(row));
}

async function* ownRow({ sql, tenantId }: Scope): AsyncGenerator<Row[]> {
  yield await sql<Row[]>`select id, slug, name, country from tenants where id = ${tenantId}`;
}

async function* peopleOf({ sql, tenantId }: Scope): AsyncGenerator<Row[]> {
  const people = sql<Row[]>`
    select i.id, i.name, i.email
    from users u
    join identities i on i.id = u.identity_id
    where u.tenant_id = ${tenantId}
    order by i.id
  `;
  yield* people.cursor(batch);
}

async function* filesOf({ sql, tenantId }: Scope) {
  const files = sql<{ id: string; name: string; objectId: string }[]>`
    select id, name, object_id
    from files
    where tenant_id = ${tenantId}
      and deleted_at is null
    order by id
  `;
  for await (const some of files.cursor(batch)) yield* some;
}

const bytes = (text: string) => new TextEncoder().encode(text);

async function* json(batches: AsyncIterable<Row[]>, table: Table): AsyncGenerator<Uint8Array> {
  let count = 0;
  yield bytes("[");
  for await (const rows of batches) {
    yield bytes(
      rows.map((row) => `${count++ === 0 ? "\n" : ",\n"}${JSON.stringify(row)}`).join(""),
    );
  }
  table.rows = count;
  yield bytes("\n]\n");
}

async function* csv(batches: AsyncIterable<Row[]>, { columns }: Table): AsyncGenerator<Uint8Array> {
  yield bytes(csvRow(columns));
  for await (const rows of batches) {
    yield bytes(rows.map((row) => csvRow(columns.map((name) => plain(row[name])))).join(""));
  }
}

/** A value as a cell: empty for null, JSON for objects and arrays. */
const plain = (value: unknown): string =>
  value === null || value === undefined
    ? ""
    : typeof value === "object"
    ? JSON.stringify(value)
    : String(value);
