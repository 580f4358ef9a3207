/** While a request is open, what was deleted of its person waits in the trash for the answer. */
import { equal } from "node:assert/strict";
import { now } from "../db/clock.ts";
import { newId } from "../db/ids.ts";
import { system, withScope } from "../db/scope.ts";
import * as trash from "../db/trash.ts";
import { cast } from "./support/cast.ts";
import { secretKey } from "./support/db.ts";
import { idOf } from "./support/html.ts";
import { request } from "./support/officers.ts";
import { newMark } from "./support/stock.ts";

const { test } = await cast();
const { owner } = test.db;

Deno.test("an activity and a deal in the trash are erased only once the request is answered", async () => {
  const { alice } = await cast();
  const personEmail = `${newMark()}@person.example`;
  const contact = idOf(
    await alice.post("/contacts/new", {
      origin: "customer",
      lastName: newMark(),
      "emails.0.address": personEmail,
      _anyway: "1",
    }),
  );
  const activity = newId();
  const deal = newId();
  // The first look makes the usual pipeline.
  await alice.get("/deals/board");
  await owner`
    insert into activities (tenant_id, id, kind, subject, at, done_at, created_at, updated_at)
    values (${alice.tenantId}, ${activity}, 'note', 'Ärger', now(), now(), now(), now())
  `;
  await owner`
    insert into activity_links (tenant_id, activity_id, record_id, contact_id, direct, at)
    values (${alice.tenantId}, ${activity}, ${contact}, ${contact}, true, now())
  `;
  await owner`
    insert into deals (
      tenant_id, id, title, pipeline_id, stage_id, status, stage_since, created_at, updated_at, last_touch_at
    )
    select ${alice.tenantId}, ${deal}, 'Auftrag', pipeline_id, id, 'open', now(), now(), now(), now()
    from stages
    where tenant_id = ${alice.tenantId}
    limit 1
  `;
  await owner`
    insert into deal_contacts (tenant_id, deal_id, contact_id, added_at)
    values (${alice.tenantId}, ${deal}, ${contact}, now())
  `;
  const { id } = await request(test, alice.tenantId, ["access"], { personEmail });
  await alice.scope(async (scope) => {
    await trash.put(scope, "activity", activity);
    await trash.put(scope, "deal", deal);
  });
  const late = new Date(now().getTime() + 20 * 86_400_000);
  const left = async () => {
    await withScope(
      test.db.app,
      { tenantId: alice.tenantId, actor: system, now: late },
      async (scope) => {
        for (const kind of ["activity", "deal"] as const) await trash.erase(scope, kind, secretKey);
      },
    );
    const activities = await owner`select from activities where id = ${activity}`;
    const deals = await owner`select from deals where id = ${deal}`;
    return activities.length + deals.length;
  };
  equal(await left(), 2);
  await owner`delete from cases where id = ${id}`;
  await owner`update activities set erase_after = now() where id = ${activity}`;
  await owner`update deals set erase_after = now() where id = ${deal}`;
  equal(await left(), 0);
});
