/**
 * No value with high protection gets into the planner's samples, where it would outlive its row.
 */
import { deepEqual, equal, ok } from "node:assert/strict";
import { mapped } from "../../db/personal_data.ts";
import type { Sql } from "../../db/pool.ts";
import { database } from "../support/db.ts";

/** Columns with high protection that must be sampled, each with the reason. */
const sampled: Record<string, string> = {};

const high = [...mapped()].filter(([, { protection }]) => protection === "high")
  .map(([name]) => name);

/** The columns that ANALYZE samples. */
async function open(sql: Sql): Promise<string[]> {
  const rows = await sql<{ name: string }[]>`
    select n.nspname || '.' || c.relname || '.' || a.attname as name
    from pg_attribute a
    join pg_class c on c.oid = a.attrelid
    join pg_namespace n on n.oid = c.relnamespace
    where n.nspname in ('public', 'jobs')
      and c.relkind in ('r', 'p', 'm')
      and a.attnum > 0
      and a.attstattarget is distinct from 0
  `;
  return rows.map(({ name }) => name);
}

Deno.test("every column of class high is kept out of the statistics, or listed with a reason", async () => {
  const { owner } = await database();
  const seen = new Set(await open(owner));
  deepEqual(high.filter((name) => seen.has(name)), Object.keys(sampled));
  for (const [name, reason] of Object.entries(sampled)) ok(reason.length > 20, name);
});

Deno.test("neither an index of expressions nor extended statistics takes samples by itself", async () => {
  const { owner } = await database();
  const [indexes] = await owner`
    select count(*)::int as n
    from pg_index i
    join pg_class c on c.oid = i.indrelid
    where c.relnamespace = 'public'::regnamespace
      and i.indexprs is not null
  `;
  const [extended] = await owner`select count(*)::int as n from pg_statistic_ext`;
  deepEqual([indexes?.n, extended?.n], [0, 0]);
});

Deno.test("a deleted name is in no sample, a deleted status would be", async () => {
  const { owner } = await database();
  const tenant = crypto.randomUUID();
  await owner`
    insert into tenants (id, slug, name, created_at)
    values (${tenant}, ${`haus-${tenant}`}, 'Haus', '2026-01-01')
  `;
  await owner`
    insert into contacts (
      tenant_id, id, last_name, status, search, source, source_channel, legal_basis, purpose,
      last_touch_at, created_at, updated_at
    )
    select ${tenant}, gen_random_uuid(), 'Kanarienvogel', 'partner', 'kanarienvogel', 'x', 'manual',
      'contract', 'sales', '2026-01-01', '2026-01-01', '2026-01-01'
    from generate_series(1, 100)
  `;
  await owner`analyze contacts`;
  await owner`delete from contacts`;
  await owner`analyze contacts`;
  const samples = await owner<{ text: string }[]>`
    select concat(most_common_vals, histogram_bounds) as text
    from pg_stats
    where schemaname = 'public'
  `;
  const text = samples.map((row) => row.text).join();
  equal(text.includes("partner"), true);
  equal(/kanarienvogel/i.test(text), false);
});
