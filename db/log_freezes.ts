/**
 * Extracts of the logs that an incident needs beyond their period: a copy with a reason, a checksum
 * and an end date, requested on a page but created by a job, the only process that reads logs.
 */
import { createHash } from "node:crypto";
import { dirname, join } from "node:path";
import { now, today } from "./clock.ts";
import { Invalid } from "./errors.ts";
import { classes } from "./log.ts";
import { linesBetween, linesOf } from "./log_files.ts";
import { enqueue } from "./jobs.ts";
import type { AnySql, Sql } from "./pool.ts";
import { assertWithin } from "./setting_bounds.ts";
import { removeFile, syncFolder } from "./storage.ts";

export interface FreezeInput {
  /** The id that the form was created with. */
  id: string;
  reason: string;
  fromOn: string;
  toOn: string;
  untilOn: string;
}

export interface Freeze extends FreezeInput {
  status: "wanted" | "kept" | "removed";
  lineCount: number;
  sha256: string;
  createdAt: Date;
  createdByName: string | null;
  removedAt: Date | null;
}

const folderOf = (dataDir: string) => join(dataDir, "logs", "frozen");
const pathOf = (dataDir: string, id: string) => join(folderOf(dataDir), `${id}.jsonl.gz`);

/**
 * Requests an extract; resubmitting the form changes nothing. Throws Invalid if its end is later
 * than clause 3.1 allows, or if its first day is after its last.
 */
export async function create(sql: Sql, input: FreezeInput, by: string): Promise<void> {
  if (input.toOn < input.fromOn) throw new Invalid("date_order", "toOn");
  const days = Temporal.PlainDate.from(today()).until(Temporal.PlainDate.from(input.untilOn)).days;
  const fault = assertWithin("freeze_days", String(days));
  if (fault) throw new Invalid(fault, "untilOn");
  await sql.begin(async (tx) => {
    const [made] = await tx`
      insert into log_freezes ${tx({ ...input, createdBy: by, createdAt: now() })}
      on conflict (id) do nothing
      returning id
    `;
    if (made) await enqueue(tx, "freeze_logs", null, { freezeId: input.id });
  });
}

/** The newest extracts, at most 50. */
export async function list(sql: AnySql): Promise<Freeze[]> {
  return await sql<Freeze[]>`
    select f.id, f.reason, f.from_on, f.to_on, f.until_on, f.status, f.line_count, f.sha256,
      f.created_at, i.name as created_by_name, f.removed_at
    from log_freezes f
    left join identities i on i.id = f.created_by
    order by f.created_at desc, f.id desc
    limit 50
  `;
}

/** Copies the lines of the requested days; a repeated call does nothing. */
export async function keep(sql: AnySql, dataDir: string, id: string): Promise<void> {
  const [freeze] = await sql<{ fromOn: string; toOn: string }[]>`
    select from_on, to_on
    from log_freezes
    where id = ${id}
      and status = 'wanted'
  `;
  if (!freeze) return;
  const folder = join(dataDir, "logs");
  const { fromOn, toOn } = freeze;
  async function* lines() {
    for (const stream of classes) yield* linesBetween(folder, stream, fromOn, toOn);
  }
  await Deno.mkdir(folderOf(dataDir), { recursive: true, mode: 0o700 });
  const path = pathOf(dataDir, id);
  const written = await write(`${path}.new`, lines());
  await Deno.rename(`${path}.new`, path);
  await syncFolder(folderOf(dataDir));
  await sql`
    update log_freezes
    set ${sql({ status: "kept", ...written } as never)}
    where id = ${id}
  `;
}

/** Compresses lines into a new file, chunk by chunk: an extract may be larger than the memory. */
async function write(
  path: string,
  source: AsyncIterable<string>,
): Promise<Pick<Freeze, "lineCount" | "sha256">> {
  const digest = createHash("sha256");
  let lineCount = 0;
  async function* counted() {
    for await (const text of source) {
      for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) lineCount++;
      yield text;
    }
  }
  async function* digested(packed: AsyncIterable<Uint8Array>) {
    for await (const bytes of packed) {
      digest.update(bytes);
      yield bytes;
    }
  }
  const packed = ReadableStream.from(counted())
    .pipeThrough(new TextEncoderStream())
    .pipeThrough(new CompressionStream("gzip") as never) as ReadableStream<Uint8Array>;
  await Deno.writeFile(path, ReadableStream.from(digested(packed)), { mode: 0o600 });
  return { lineCount, sha256: digest.digest("hex") };
}

/**
 * Removes every line that names an ended tenant from the extracts (clause 5.2); returns how many.
 * The new checksum is stored first: if interrupted there, the next call writes the same file again.
 */
export async function strip(sql: AnySql, dataDir: string, tenantId: string): Promise<number> {
  let count = 0;
  for (let after: string | null = null;;) {
    const kept: { id: string; lineCount: number }[] = await sql<
      { id: string; lineCount: number }[]
    >`
      select id, line_count
      from log_freezes
      where status = 'kept'
        ${after === null ? sql`` : sql`and id > ${after}`}
      order by id
      limit 100
    `;
    for (const { id } of kept) count += await stripOne(sql, pathOf(dataDir, id), id, tenantId);
    after = kept.at(-1)?.id ?? null;
    if (after === null) return count;
  }
}

async function stripOne(sql: AnySql, path: string, id: string, tenantId: string): Promise<number> {
  let gone = 0;
  async function* left() {
    for await (const line of linesOf(path)) {
      if (line.includes(tenantId)) gone++;
      else yield `${line}\n`;
    }
  }
  const written = await write(`${path}.new`, left()).catch(missing);
  if (!written || gone === 0) {
    await removeFile(`${path}.new`);
    return 0;
  }
  await sql`
    update log_freezes
    set ${sql(written as never)}
    where id = ${id}
  `;
  await Deno.rename(`${path}.new`, path);
  await syncFolder(dirname(path));
  return gone;
}

const missing = (error: unknown): null => {
  if (error instanceof Deno.errors.NotFound) return null;
  throw error;
};

/**
 * Removes the extracts whose end date has passed; returns how many. Their documentation is kept.
 */
export async function removeEnded(sql: AnySql, dataDir: string): Promise<number> {
  const ended = await sql<{ id: string }[]>`
    select id
    from log_freezes
    where until_on <= ${today()}
      and status <> 'removed'
    limit 1000
  `;
  for (const { id } of ended) await removeFile(pathOf(dataDir, id));
  await sql`
    update log_freezes
    set status = 'removed', removed_at = ${now()}
    where id = any (${ended.map(({ id }) => id)}::uuid[])
  `;
  return ended.length;
}
