/**
 * Where words occur: every table of the personal-data map is searched, row by row, whichever column
 * contains them, and a person's erasure must account for whatever is found.
 */
import { join } from "node:path";
import { providerId } from "./controllers.ts";
import { type Person, type PersonTable, ways } from "./person_tables.ts";
import { personalData } from "./personal_data.ts";
import * as phones from "./phones.ts";
import type { Fragment } from "./pool.ts";
import type { Scope } from "./scope.ts";

/** A row that contains a word, by its key, and the columns that contain it. */
export interface Trace {
  table: string;
  key: Record<string, unknown>;
  columns: string[];
}

export interface Traces {
  traces: Trace[];
  /** How many tables were searched. */
  places: number;
  /** Whether a table had more rows than were listed. */
  truncated: boolean;
}

/** The most rows listed for one table. */
const mostOfTable = 50;

/** Tables that are never searched, each with the reason. */
const leftOut: Readonly<Record<string, string>> = {
  ledger_entries: "waits a minute for the ledger; identifiers and keyed hashes",
  certificates: "proofs that name nobody",
};

/** The tables searched: all with personal data, except requests, their mails and evidence. */
export function searched(): string[] {
  return Object.entries(personalData)
    .filter(([name]) => name.startsWith("public."))
    .filter(([, columns]) => !Object.values(columns).every(({ retention }) => retention === "case"))
    .filter(([, columns]) => Object.values(columns).some(({ category }) => isTelling(category)))
    .map(([name]) => name.slice("public.".length))
    .filter((name) => !(name in leftOut));
}

const isTelling = (category: string) => category !== "technical" && category !== "reference";

const isOf = (table: string, column: string) => column in (personalData[`public.${table}`] ?? {});

const isPersonTable = (table: string): table is PersonTable => Object.hasOwn(ways, table);

const isNumber = (word: string) => /^\+?[\d\s()./-]+$/.test(word);

/** Words as patterns of `like`; those of phone numbers allow anything between the digits. */
const patternsOf = (words: readonly string[]) =>
  words.map((word) => {
    const digits = phones.digitsOf(word);
    return `%${digits.length > 0 ? digits.join("%") : word.replace(/[\\%_]/g, "\\$&")}%`;
  });

/** Numbers as one regular expression: part of a longer number belongs to somebody else. */
const numbersOf = (words: readonly string[]) => {
  const each = words.map((word) => phones.patternOf(word) ?? word.replace(/[^0-9\s]/g, "\\$&"));
  return `(?<![0-9])(${each.join("|")})(?![0-9])`;
};

/** Whether a text contains one of the words, in upper or lower case. */
function holds({ sql }: Scope, text: Fragment, words: readonly string[]): Fragment {
  const numbers = words.filter(isNumber);
  const plain = sql`${text} ilike any (${
    patternsOf(words.filter((each) => !isNumber(each)))
  }::text[])`;
  if (numbers.length === 0) return plain;
  // The regular expression is slow: it only checks what the pattern has found.
  return sql`(${plain} or (
    ${text} like any (${patternsOf(numbers)}::text[]) and ${text} ~ ${numbersOf(numbers)}
  ))`;
}

/**
 * Whether a text may contain one of the words. Ignoring case for letters of all languages takes ten
 * times as long as for English ones, so those are compared first and the rest later.
 */
function mayHold({ sql }: Scope, text: Fragment, words: readonly string[]): Fragment {
  const patterns = patternsOf(words).map((each) =>
    each.replace(/[^\x20-\x7e]+/g, "%").toLowerCase()
  );
  return sql`lower(${text} collate "C") like any (${patterns}::text[])`;
}

/** The rows of a table that the scope's controller is responsible for. */
function ofController({ sql, tenantId }: Scope, table: string): Fragment {
  // Mails about the request itself are its evidence, not traces.
  if (table === "mails") {
    return sql`t.tenant_id is not distinct from ${
      tenantId === providerId ? null : tenantId
    }::uuid and t.kind not like 'case\\_%'`;
  }
  if (!isOf(table, "tenant_id")) return tenantId === providerId ? sql`true` : sql`false`;
  return tenantId === providerId
    ? sql`(t.tenant_id is null or t.tenant_id = ${tenantId})`
    : sql`t.tenant_id = ${tenantId}`;
}

/**
 * Every row of the controller that contains one of the words, in upper or lower case; at most
 * `mostOfTable` per table. Restricted persons and those in the trash are found as well.
 */
export async function search(
  scope: Scope,
  words: readonly string[],
  { tables = searched(), except = null }: {
    tables?: readonly string[];
    /** A person whose own rows are left out. */
    except?: Person | null;
  } = {},
): Promise<Traces> {
  const { sql } = scope;
  const found: Traces = { traces: [], places: 0, truncated: false };
  if (words.length === 0) return found;
  await sql`set local app.sees_restricted = 'on'`;
  const shapes = await shapesOf(scope, tables);
  for (const table of tables) {
    found.places++;
    const { key, wordy } = shapes.get(table)!;
    if (wordy.length === 0) continue;
    const text = sql`concat_ws(E'\\n'${wordy.map((name) => sql`, t.${sql(name)}::text`)})`;
    const rows = await sql<{ row: string; columns: string[] }[]>`
      select
        (
          select coalesce(jsonb_object_agg(each.key, each.value), '{}')::text
          from jsonb_each(to_jsonb(t)) as each
          where each.key = any (${key}::text[])
        ) as row,
        array(
          select each.key
          from jsonb_each_text(to_jsonb(t)) as each
          where each.key = any (${wordy}::text[])
            and ${holds(scope, sql`each.value`, words)}
          order by each.key
        ) as columns
      from ${sql(table)} t
      where ${ofController(scope, table)}
        and ${mayHold(scope, text, words)}
        and ${holds(scope, text, words)}
        ${
      except && isPersonTable(table) ? sql`and (${ways[table](scope, except)}) is not true` : sql``
    }
      limit ${mostOfTable + 1}
    `;
    if (rows.length > mostOfTable) found.truncated = true;
    for (const { row, columns } of rows.slice(0, mostOfTable)) {
      found.traces.push({ table, key: JSON.parse(row), columns });
    }
  }
  return found;
}

/** For each table, the key without the tenant, and the columns that may contain words. */
async function shapesOf({ sql }: Scope, tables: readonly string[]) {
  const rows = await sql<{ table: string; key: string[]; wordy: string[] }[]>`
    select c.relname as table,
      coalesce(
        array_agg(a.attname::text order by a.attnum)
          filter (where a.attnum = any (i.indkey) and a.attname <> 'tenant_id'),
        '{}'
      ) as key,
      coalesce(
        array_agg(a.attname::text order by a.attnum)
          filter (where coalesce(e.oid, t.oid) = any (
            '{text,varchar,bpchar,name,json,jsonb,xml,tsvector}'::regtype[]
          )),
        '{}'
      ) as wordy
    from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    join pg_type t on t.oid = a.atttypid
    left join pg_type e on e.oid = t.typelem and t.typcategory = 'A'
    left join pg_index i on i.indrelid = c.oid and i.indisprimary
    where c.relnamespace = 'public'::regnamespace
      and c.relname = any (${[...tables]}::text[])
    group by c.relname
  `;
  return new Map(rows.map((row) => [row.table, row]));
}

/** The log files that contain one of the words, with the number of lines; the provider's only. */
export async function searchLogs(
  dataDir: string,
  words: readonly string[],
): Promise<{ files: { name: string; lines: number }[]; places: number }> {
  const folder = join(dataDir, "logs");
  const wanted = words.map((word) => word.toLowerCase());
  const files: { name: string; lines: number }[] = [];
  let places = 0;
  for (const { name } of await entries(folder)) {
    places++;
    const lines = await countLines(join(folder, name), wanted);
    if (lines > 0) files.push({ name, lines });
  }
  return { files, places };
}

async function entries(folder: string): Promise<Deno.DirEntry[]> {
  try {
    const all = await Array.fromAsync(Deno.readDir(folder));
    return all.filter(({ isFile }) => isFile).sort((a, b) => a.name.localeCompare(b.name));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}

/** Lines of the logs that contain one of the words, as they were written, the newest file first. */
export async function logLines(
  dataDir: string,
  words: readonly string[],
  most: number,
): Promise<Record<string, unknown>[]> {
  const folder = join(dataDir, "logs");
  const rows: Record<string, unknown>[] = [];
  for (const { name } of (await entries(folder)).reverse()) {
    await eachLine(join(folder, name), (line) => {
      if (rows.length >= most || !words.some((word) => line.includes(word))) return;
      try {
        rows.push(JSON.parse(line));
      } catch {
        rows.push({ line });
      }
    });
  }
  return rows;
}

async function countLines(path: string, wanted: readonly string[]): Promise<number> {
  let count = 0;
  await eachLine(path, (line) => {
    const text = line.toLowerCase();
    if (wanted.some((word) => text.includes(word))) count++;
  });
  return count;
}

async function eachLine(path: string, take: (line: string) => void): Promise<void> {
  let rest = "";
  const file = await Deno.open(path);
  const plain = path.endsWith(".gz")
    ? file.readable.pipeThrough(new DecompressionStream("gzip"))
    : file.readable;
  for await (const piece of plain.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + piece).split("\n");
    rest = lines.pop() ?? "";
    lines.forEach(take);
  }
  if (rest !== "") take(rest);
}
