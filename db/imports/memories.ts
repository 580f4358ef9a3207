/**
 * How the columns of a file were read the last time: files with the same headings are read so again.
 * The headings themselves are kept as a digest only, as they may say anything.
 */
import { createHash } from "node:crypto";
import { newId } from "../ids.ts";
import type { Scope } from "../scope.ts";
import type { DateOrder, Kind, Plan } from "./plans.ts";
import { isTarget } from "./targets.ts";

interface Memory {
  kind: Kind;
  columns: { target: string; group: string; dates: DateOrder | null }[];
  usedAt: Date;
}

/** The most that a house keeps: the ones not used for longest go. */
const most = 200;

/** What tells one kind of file from another; null where there are no headings to tell it by. */
function signatureOf({ format, header, columns }: Plan): Uint8Array | null {
  if (format === "vcard" || columns.length === 0 || (header === 0 && format !== "json")) {
    return null;
  }
  const names = columns.map(({ name }) => name.trim().toLowerCase());
  return createHash("sha256").update(JSON.stringify([format === "json", ...names])).digest();
}

/** The plan with its columns read as the last time; the same plan where there was none. */
export async function recall(
  { sql, tenantId }: Scope,
  plan: Plan,
): Promise<{ plan: Plan; recalledFrom: Date | null }> {
  const signature = signatureOf(plan);
  if (!signature) return { plan, recalledFrom: null };
  const [found] = await sql<Memory[]>`
    select kind, columns, used_at
    from import_mappings
    where tenant_id = ${tenantId}
      and signature = ${signature}
  `;
  if (!found || found.columns.length !== plan.columns.length) return { plan, recalledFrom: null };
  const columns = plan.columns.map((column, at) => {
    const { target, group, dates } = found.columns[at]!;
    if (column.secret || !isTarget(target)) return column;
    return { ...column, target, group, dates: dates ?? column.dates, confidence: 1 };
  });
  return { plan: { ...plan, kind: found.kind, columns }, recalledFrom: found.usedAt };
}

/** Keeps how a file was read, in place of what was kept of its kind before. */
export async function keep({ sql, tenantId, now }: Scope, plan: Plan): Promise<void> {
  const signature = signatureOf(plan);
  if (!signature) return;
  const columns = plan.columns.map(({ target, group, dates }) => ({ target, group, dates }));
  await sql`
    insert into import_mappings (tenant_id, id, signature, kind, columns, used_at)
    values (
      ${tenantId}, ${newId()}, ${signature}, ${plan.kind}, ${sql.json(columns as never)}, ${now}
    )
    on conflict (tenant_id, signature) do update
    set kind = excluded.kind, columns = excluded.columns, used_at = excluded.used_at
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
