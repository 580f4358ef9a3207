/** What was approved is carried out even if its job was lost: a backup contains no queue. */
import { deepEqual, equal } from "node:assert/strict";
import * as caseItems from "../db/case_items.ts";
import { providerId } from "../db/controllers.ts";
import { applyRetentions } from "../jobs/retentions.ts";
import { setOffset } from "../db/clock.ts";
import { cast } from "./support/cast.ts";
import { contactOf } from "./support/messages.ts";
import { request, within } from "./support/officers.ts";
import { drain } from "./support/worker.ts";

const officer = { kind: "officer", id: null } as const;

Deno.test("an approved request whose job is lost is carried out by night, for a tenant and for the provider", async () => {
  const { alice, test } = await cast();
  const { owner } = test.db;
  const { pool, config, log, egress } = test.services;
  const tools = { pool, config, log, egress, signal: new AbortController().signal };
  for (const controller of [alice.tenantId, providerId]) {
    const { id } = await request(test, controller, ["access"]);
    await drain(test);
    const statusOf = () =>
      within(
        test,
        controller,
        async (scope) => (await caseItems.list(scope, id)).map(({ status }) => status),
      );
    const [item] = await within(test, controller, (scope) => caseItems.list(scope, id));
    await within(
      test,
      controller,
      (scope) => caseItems.decide(scope, id, item!.id, { kind: "approve" }, officer),
    );
    const job = { name: "execute_right", item: item!.id };
    const jobs = () =>
      owner<{ state: string }[]>`
        select state
        from jobs.job
        where name = ${job.name}
          and data ->> 'itemId' = ${job.item}
          and state <> 'completed'
      `;
    const night = () => applyRetentions.run(tools, { tenantId: null });
    equal((await jobs()).length, 1);
    await owner`update case_items set updated_at = updated_at - interval '13 hours' where id = ${job.item}`;
    await night();
    equal((await jobs()).length, 1, "what waits for its turn is left to it");
    await owner`delete from jobs.job where name = ${job.name} and data ->> 'itemId' = ${job.item}`;
    await night();
    equal((await jobs()).length, 1);
    deepEqual((await drain(test)).failed, []);
    deepEqual(await statusOf(), ["no_data"]);
  }
});

Deno.test("a person added between a request and its answer is included in the answer, and erased (Art. 15, 17)", async () => {
  const { alice, test } = await cast();
  for (const right of ["access", "erasure"] as const) {
    const personEmail = `spaeter.${right}@person.example`;
    const { id } = await request(test, alice.tenantId, [right], { personEmail });
    await drain(test);
    const contact = await contactOf(alice, {
      lastName: "Später",
      "emails.0.address": personEmail,
    });
    const [item] = await alice.scope((scope) => caseItems.list(scope, id));
    setOffset("PT2H");
    try {
      await alice.scope((scope) =>
        caseItems.decide(scope, id, item!.id, { kind: "approve" }, officer)
      );
      deepEqual((await drain(test)).failed, []);
    } finally {
      setOffset(undefined);
    }
    const [done] = await alice.scope((scope) => caseItems.list(scope, id));
    equal(done!.status, "done", `${right}: somebody was found`);
    const left = await test.db.owner`select from contacts where id = ${contact}`;
    equal(left.length, right === "access" ? 1 : 0);
  }
});
