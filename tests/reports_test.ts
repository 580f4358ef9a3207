/** Reports: what they count, what outlives an erasure, and groups too small to be shown. */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import { now } from "../db/clock.ts";
import { newId } from "../db/ids.ts";
import { dayOf } from "../db/local_times.ts";
import * as pipelines from "../db/pipelines.ts";
import { visible } from "../db/report_groups.ts";
import { cast, type Person } from "./support/cast.ts";
import { text } from "./support/html.ts";

interface Made {
  count: number;
  kind: "open" | "won" | "lost";
  cents?: number;
  closeOn?: string;
  ownerId?: string | null;
  reason?: string | null;
}

/** Deals in the first stage of their kind; their ids. */
async function deals(
  { tenantId, test: { db: { owner } }, scope }: Person,
  { count, kind, cents = 100_00, closeOn, ownerId = null, reason = null }: Made,
): Promise<string[]> {
  const [{ id: pipelineId, stages }] = await scope((scope) => pipelines.list(scope));
  const stage = stages.find((each) => each.kind === kind)!;
  const at = now();
  const ids = Array.from({ length: count }, () => newId());
  for (const id of ids) {
    await owner`insert into deals ${
      owner({
        ...{ tenantId, id, title: "Rahmenvertrag", amountCents: cents, ownerId },
        ...{ pipelineId, stageId: stage.id, status: kind, stageSince: at, lostReasonId: reason },
        ...{ expectedCloseOn: closeOn ?? null, closedAt: kind === "open" ? null : at },
        ...{ lastTouchAt: at, createdAt: new Date(at.getTime() - 10 * 86_400_000), updatedAt: at },
      } as never)
    }`;
  }
  return ids;
}

async function csv(person: Person, of: string, more = ""): Promise<string[]> {
  await person.test.db.owner`delete from stat_snapshots where tenant_id = ${person.tenantId}`;
  const answer = await person.get(`/reports/csv?of=${of}${more}`);
  equal(answer.status, 200);
  match(answer.headers.get("Content-Type")!, /text\/csv/);
  const lines = (await answer.text()).replace("\ufeff", "").split("\r\n").filter(Boolean);
  return lines.slice(1);
}

const reasonOf = async ({ tenantId, test: { db: { owner } } }: Person, name: string) => {
  const id = newId();
  await owner`insert into lost_reasons ${owner({ tenantId, id, name, position: 0 })}`;
  return id;
};

Deno.test("a report's file is called what its table is called", async () => {
  const { alice } = await cast();
  const { headers, body } = await alice.get("/reports/csv?of=pipeline");
  await body?.cancel();
  match(headers.get("Content-Disposition")!, /filename="Offene Deals nach Stufe \d{4}-\d\d /);
});

Deno.test("open deals are counted by stage, expected ones by month and weight, exact to the cent", async () => {
  const { alice, bob } = await cast();
  const month = dayOf(now()).slice(0, 7);
  await deals(alice, {
    count: 3,
    kind: "open",
    cents: 333_33,
    closeOn: `${month}-28`,
    ownerId: bob.userId,
  });
  await deals(alice, { count: 1, kind: "open", cents: 1, closeOn: "2020-01-01" });
  const [{ stages }] = await alice.scope((scope) => pipelines.list(scope));
  const { name, probability } = stages.find(({ kind }) => kind === "open")!;
  deepEqual((await csv(alice, "pipeline"))[0], `${name};4;1000,00`);
  const weighted = (Math.round(3 * 333_33 * probability / 100) / 100).toFixed(2).replace(".", ",");
  const forecast = await csv(alice, "forecast");
  match(forecast[0]!, /^überfällig;1;0,01;/);
  ok(forecast[1]!.endsWith(`;3;999,99;${weighted}`), forecast[1]);
  deepEqual((await csv(alice, "pipeline", `&owner=${bob.userId}`))[0], `${name};3;999,99`);
  deepEqual((await csv(alice, "pipeline", "&currency=CHF"))[0], `${name};0;0,00`);
});

Deno.test("closed deals count by outcome and reason, and go on counting when they are erased", async () => {
  const { alice, test } = await cast();
  const { owner } = test.db;
  const price = await reasonOf(alice, "Preis");
  const won = await deals(alice, { count: 6, kind: "won" });
  const lost = await deals(alice, { count: 12, kind: "lost", reason: price });
  deepEqual(await csv(alice, "closed"), ["Gewonnen;6;600,00", "Verloren;12;1200,00"]);
  deepEqual(await csv(alice, "reasons"), ["Preis;12;1200,00"]);
  await owner`delete from deals where id in ${owner([...won, ...lost])}`;
  deepEqual(await csv(alice, "closed"), ["Gewonnen;6;600,00", "Verloren;12;1200,00"]);
  const [fact] = await owner<Record<string, unknown>[]>`
    select to_jsonb(f) - 'tenant_id' - 'id' - 'pipeline_id' - 'stage_id' - 'lost_reason_id' as row
    from stat_facts f
    where tenant_id = ${alice.tenantId}
    limit 1
  `;
  deepEqual(Object.keys(fact!.row as object).sort(), [
    "amount_cents",
    "currency",
    "days",
    "deal_id",
    "kind",
    "month",
    "owner_id",
  ], "nothing of a person outside the tenant");
  equal((fact!.row as Record<string, unknown>).deal_id, null);
});

Deno.test("the owner of closed deals is kept when they are erased, as long as the user exists", async () => {
  const { alice, bob, vera, test: { db: { owner } } } = await cast();
  const won = await deals(alice, { count: 5, kind: "won", ownerId: bob.userId });
  await deals(alice, { count: 6, kind: "won" });
  const mine = () => csv(alice, "closed", `&owner=${bob.userId}`);
  deepEqual(await mine(), ["Gewonnen;5;500,00"]);
  await owner`delete from deals where id in ${owner(won.slice(1))}`;
  deepEqual(await mine(), ["Gewonnen;5;500,00"]);
  await owner`update deals set owner_id = ${vera.userId} where id = ${won[0]!}`;
  deepEqual(await mine(), [], "four are too few to be shown");
  await owner`delete from users where id = ${bob.userId}`;
  deepEqual(await csv(alice, "closed"), ["Gewonnen;11;1100,00"]);
  const left = await owner`
    select from stat_facts where tenant_id = ${alice.tenantId} and owner_id is not null
  `;
  equal(left.length, 1);
});

Deno.test("a deal that is opened again counts no more; a new amount or reason counts instead", async () => {
  const { alice, test } = await cast();
  const { owner } = test.db;
  const ids = await deals(alice, { count: 6, kind: "won" });
  await owner`update deals set amount_cents = 20000 where id = ${ids[0]!}`;
  deepEqual(await csv(alice, "closed"), ["Gewonnen;6;700,00"]);
  const [{ stages }] = await alice.scope((scope) => pipelines.list(scope));
  const open = stages.find(({ kind }) => kind === "open")!;
  await owner`
    update deals set status = 'open', stage_id = ${open.id}, closed_at = null where id = ${ids[0]!}
  `;
  const [left] =
    await owner`select count(*)::int as n from stat_facts where tenant_id = ${alice.tenantId}`;
  equal(left!.n, 5);
});

Deno.test("days per stage are those between a deal's steps, written when it is closed", async () => {
  const { alice, test } = await cast();
  const { owner } = test.db;
  const [{ id: pipelineId, stages }] = await alice.scope((scope) => pipelines.list(scope));
  const [first, second] = stages.filter(({ kind }) => kind === "open");
  const won = stages.find(({ kind }) => kind === "won")!;
  const ago = (days: number) => new Date(now().getTime() - days * 86_400_000);
  for (const id of await deals(alice, { count: 5, kind: "open" })) {
    const step = { tenantId: alice.tenantId, dealId: id };
    await owner`insert into deal_stage_changes ${
      owner([
        { ...step, id: newId(), fromStageId: null, toStageId: first!.id, at: ago(10) },
        { ...step, id: newId(), fromStageId: first!.id, toStageId: second!.id, at: ago(7) },
      ])
    }`;
    await owner`
      update deals
      set status = 'won', stage_id = ${won.id}, pipeline_id = ${pipelineId}, closed_at = ${now()}
      where id = ${id}
    `;
  }
  deepEqual(await csv(alice, "days"), [`${first!.name};3;5`, `${second!.name};7;5`]);
});

Deno.test("groups of fewer than five are not shown, nor what would reveal them", async () => {
  const { alice } = await cast();
  await deals(alice, { count: 4, kind: "won" });
  deepEqual(await csv(alice, "closed"), []);
  match(await text(await alice.get("/reports")), /Gruppen von weniger als fünf/);
  const groups = [{ count: 9 }, { count: 6 }, { count: 2 }];
  deepEqual(visible(groups), { shown: [{ count: 9 }], hidden: 8 }, "two would be the rest");
  deepEqual(visible([{ count: 9 }, { count: 3 }, { count: 2 }]), {
    shown: [{ count: 9 }],
    hidden: 5,
  });
  deepEqual(visible([{ count: 5 }]), { shown: [{ count: 5 }], hidden: 0 });
});

Deno.test("activities count by person and kind, contacts by source; another tenant counts for itself", async () => {
  const { alice, bob, charlie, vera, test } = await cast();
  const { owner } = test.db;
  const at = now();
  for (const kind of ["call", "call", "task"]) {
    await owner`insert into activities ${
      owner({
        ...{ tenantId: alice.tenantId, id: newId(), kind, subject: "Rückruf", doneAt: at, at },
        ...{ ownerId: bob.userId, createdAt: at, updatedAt: at },
      })
    }`;
  }
  await owner`
    insert into contacts (
      tenant_id, id, last_name, source, source_channel, legal_basis, purpose, last_touch_at,
      created_at, updated_at
    )
    select ${alice.tenantId}, gen_random_uuid(), 'Nr. ' || n, case when n < 7 then '=Messe' else 'Karte' end,
      'manual', 'contract', 'sales', ${at}, ${at}, ${at}
    from generate_series(1, 12) n
  `;
  deepEqual(await csv(alice, "activities"), ["Bob Brandt;3;2;0;1;0"]);
  deepEqual(await csv(alice, "sources"), ["'=Messe;6", "Karte;6"], "no formula for a spreadsheet");
  deepEqual(await csv(charlie, "sources"), []);
  const page = await (await vera.get("/reports")).text();
  ok(page.includes('<svg class="bar"') && !page.includes("style="));
  match(page, /Bob Brandt/);
});

Deno.test("figures are a minute old at most, and strange questions get the usual answer", async () => {
  const { alice, test } = await cast();
  await alice.get("/reports");
  await deals(alice, { count: 5, kind: "won" });
  const sum = async () => /Gewonnen<\/th>/.test(await (await alice.get("/reports")).text());
  equal(await sum(), false);
  await test.db.owner`
    update stat_snapshots set made_at = made_at - interval '61 seconds' where tenant_id = ${alice.tenantId}
  `;
  equal(await sum(), true);
  for (
    const question of ["?from=x&to=%00", "?from=9999-99", "?owner=1&currency=QQQ", "?from=2020-01"]
  ) {
    equal((await alice.get(`/reports${question}`)).status, 200);
    equal((await alice.get(`/reports/csv${question}&of=%27`)).status, 200);
  }
  const stranger = newId();
  equal((await alice.get(`/reports?owner=${stranger}`)).status, 200);
  const kept = await test.db.owner`
    select from stat_snapshots where strpos(key, ${stranger}) > 0
  `;
  equal(kept.length, 0, "nothing is kept of an id that is no user of the tenant");
});

Deno.test("users who may not export are offered no file of charts, products or offers", async () => {
  const { alice, bob, vera } = await cast();
  await deals(alice, { count: 6, kind: "open" });
  for (const path of ["/reports/csv?of=pipeline", "/products/export", "/offers/export"]) {
    deepEqual([(await bob.get(path)).status, (await vera.get(path)).status], [200, 403], path);
  }
  const offers = async (person: Person) =>
    (await (await person.get("/reports")).text()).includes("/reports/csv");
  deepEqual([await offers(bob), await offers(vera)], [true, false]);
});
