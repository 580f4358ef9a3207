/**
 * Remembers how the columns of a file were read last time: files with the same headings are read
 * the same way, files without headings by what their columns contain. Only digests are stored.
 */
import { createHash } from "node:crypto";
import { newId } from "../ids.ts";
import type { Scope } from "../scope.ts";
import { ColumnCount, type Content } from "./contents.ts";
import type { Inspection } from "./inspections.ts";
import type { DateOrder, Kind, Plan, PlanColumn } from "./plans.ts";
import { isTarget, type Target } from "./targets.ts";

interface Memory {
  kind: Kind;
  columns: { target: string; group: string; dates: DateOrder | null; guess?: Target }[];
  country: string | null;
  usedAt: Date;
}

type Samples = Inspection["samples"];

/** The most that a tenant keeps; the least recently used are removed. */
const most = 200;

/** What distinguishes one kind of file from another; null if nothing does. */
function signatureOf({ format, header, columns }: Plan, samples: Samples): Uint8Array | null {
  if (columns.length === 0) return null;
  const named = header > 0 || format === "json";
  const names = named
    ? columns.map(({ name }) => name.trim().toLowerCase())
    : columns.map((_, at) => contentOf(samples, at));
  if (names.every((name) => name === "")) return null;
  const kind = named ? format === "json" : "contents";
  return createHash("sha256").update(JSON.stringify([kind, ...names])).digest();
}

const telling: readonly Content[] = [
  "email",
  "url",
  "phone",
  "postalCode",
  "date",
  "vatId",
  "address",
  "street",
  "number",
];

/** What most cells of a column without a heading are; empty for words. */
function contentOf(samples: Samples, column: number): string {
  const count = new ColumnCount();
  for (const { cells } of samples) if (cells[column]) count.take(cells[column]);
  return telling.find((content) => count.share(content) > 0.6) ?? "";
}

/** The plan with its columns read as last time; the same plan if nothing was stored. */
export async function recall(
  { sql, tenantId }: Scope,
  plan: Plan,
  samples: Samples,
): Promise<{ plan: Plan; recalledFrom: Date | null }> {
  const signature = signatureOf(plan, samples);
  const fresh = { ...plan, columns: plan.columns.map(withGuess) };
  if (!signature) return { plan: fresh, recalledFrom: null };
  const [found] = await sql<Memory[]>`
    select kind, columns, country, used_at
    from import_mappings
    where tenant_id = ${tenantId}
      and signature = ${signature}
  `;
  if (!found || found.columns.length !== plan.columns.length) {
    return { plan: fresh, recalledFrom: null };
  }
  const columns = fresh.columns.map((column, at) => {
    const { target, group, dates, guess } = found.columns[at]!;
    if (column.secret || !isTarget(target)) return column;
    // Nobody deliberately skipped what was not understood at that time.
    const understood = guess === undefined ? later.test(column.target) : guess === "ignore";
    if (target === "ignore" && understood) return column;
    return { ...column, target, group, dates: dates ?? column.dates, confidence: 1 };
  });
  const country = found.country ?? plan.country;
  return { plan: { ...plan, kind: found.kind, country, columns }, recalledFrom: found.usedAt };
}

/** Targets added since guesses are stored along with what was chosen. */
const later = /^(?:owner$|company\.owner$|objection)/;

const withGuess = (column: PlanColumn): PlanColumn =>
  column.secret ? column : { ...column, guess: column.target };

/** Stores how a file was read, replacing what was stored for its kind. */
export async function keep(
  { sql, tenantId, now }: Scope,
  plan: Plan,
  samples: Samples,
): Promise<void> {
  const signature = signatureOf(plan, samples);
  if (!signature) return;
  const columns = plan.columns.map(({ target, group, dates, guess }) => ({
    ...{ target, group, dates },
    ...guess ? { guess } : {},
  }));
  await sql`
    insert into import_mappings (tenant_id, id, signature, kind, columns, country, used_at)
    values (
      ${tenantId}, ${newId()}, ${signature}, ${plan.kind}, ${sql.json(columns)},
      ${plan.country}, ${now}
    )
    on conflict (tenant_id, signature) do update
    set kind = excluded.kind, columns = excluded.columns, country = excluded.country,
      used_at = excluded.used_at
  `;
  await sql`
    delete from import_mappings
    where tenant_id = ${tenantId}
      and id in (
        select id
        from import_mappings
        where tenant_id = ${tenantId}
        order by used_at desc, id desc
        offset ${most}
      )
  `;
}
