/** A large tenant erased while another is in use: how long it takes, and what others notice. */
import { elapsed, now } from "../../db/clock.ts";
import { newId } from "../../db/ids.ts";
import { openPool, type Sql } from "../../db/pool.ts";
import { eraseRows } from "../../db/tenant_erasures/rows.ts";
import { scrubServer, scrubTables } from "../../db/tenant_erasures/traces.ts";
import type { Service } from "../runtime/service.ts";
import { type Figures, load, type Row } from "./load.ts";
import { asOwner } from "./product.ts";
import type { Measure } from "./report.ts";
import { makeTenant } from "./tenants.ts";

const list: Row = { name: "contact list", status: 200, ask: () => ({ path: "/contacts" }) };

/** Fills a second tenant with so many contacts and three times as many rows, and erases it. */
export async function eraseTenant(
  service: Service,
  headers: Record<string, string>,
  contacts: number,
): Promise<Measure[]> {
  return await asOwner(service, async (url) => {
    const owner = openPool(url, { max: 4, statementTimeout: 0 });
    try {
      const tenantId = await fill(owner, contacts);
      // One person who opens the list again and again.
      const ask = (seconds: number) =>
        load(list, { url: service.url, headers: [headers], connections: 1, seconds });
      await ask(2);
      const alone = await ask(5);
      const during: Figures[] = [];
      const scrubbing: Figures[] = [];
      const from = elapsed();
      let erased = 0;
      const erasing = eraseRows(owner, tenantId, async (_, count) => {
        erased += count;
        await Promise.resolve();
      }).then(() => elapsed() - from);
      let took: number | undefined;
      void erasing.then((ms) => took = ms);
      while (took === undefined) during.push(await ask(2));
      const scrub = elapsed();
      let scrubTook: number | undefined;
      const traces = scrubTables(owner, [], { large: true }).then(() => scrubServer(owner))
        .then(() => scrubTook = elapsed() - scrub);
      while (scrubTook === undefined) scrubbing.push(await ask(2));
      await traces;
      const middle = (all: Figures[]) => {
        const sorted = all.map(({ p50 }) => p50).sort((a, b) => a - b);
        return sorted[Math.floor(sorted.length / 2)]!;
      };
      return [
        { name: `erasure: ${erased} rows deleted`, value: (await erasing) / 1000, unit: "s" },
        {
          name: "erasure: tables and log rewritten",
          value: scrubTook / 1000,
          unit: "s",
        },
        { name: "erasure: another's list, median before", value: alone.p50, unit: "ms" },
        { name: "erasure: the same while rows go", value: middle(during), unit: "ms" },
        {
          name: "erasure: its worst two seconds",
          value: Math.max(...during.map(({ p50 }) => p50)),
          unit: "ms",
        },
        { name: "erasure: while tables are rewritten", value: middle(scrubbing), unit: "ms" },
      ];
    } finally {
      await owner.end({ timeout: 5 });
    }
  });
}

async function fill(owner: Sql, contacts: number): Promise<string> {
  const tenantId = await makeTenant(owner, `ending-${newId()}`);
  const at = now();
  await owner`
    insert into contacts (
      tenant_id, id, last_name, notes, search, source, source_channel, legal_basis,
      purpose, last_touch_at, created_at, updated_at
    )
    select ${tenantId}, gen_random_uuid(), 'Name' || n, 'Notiz zu ' || n, ' name' || n || ' ',
      'Messe', 'manual', 'contract', 'sales', ${at}, ${at}, ${at}
    from generate_series(1, ${contacts}::int) n
  `;
  await owner`
    insert into emails (tenant_id, id, contact_id, address, position)
    select tenant_id, gen_random_uuid(), id, id || '@example.org', 0
    from contacts
    where tenant_id = ${tenantId}
  `;
  await owner`
    insert into phones (tenant_id, id, contact_id, number, position)
    select tenant_id, gen_random_uuid(), id, '+49301234567', 0
    from contacts
    where tenant_id = ${tenantId}
  `;
  await owner`
    insert into objections (tenant_id, id, contact_id, channel, objected_at)
    select tenant_id, gen_random_uuid(), id, 'email', ${at}
    from contacts
    where tenant_id = ${tenantId}
  `;
  await owner`delete from ledger_entries where tenant_id = ${tenantId}`;
  await owner`vacuum analyze`;
  return tenantId;
}
