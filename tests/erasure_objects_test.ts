/** The files of an erased person leave the storage without a transaction that waits for them. */
import { equal } from "node:assert/strict";
import * as caseItems from "../db/case_items.ts";
import { pause } from "../db/clock.ts";
import { openPool } from "../db/pool.ts";
import { localStorage, type Storage } from "../db/storage.ts";
import { executeRight } from "../jobs/cases.ts";
import { keepLedger } from "../jobs/ledger.ts";
import { cast } from "./support/cast.ts";
import { fileOf, pdf, put, stored } from "./support/files.ts";
import { contactOf } from "./support/messages.ts";
import { request } from "./support/officers.ts";
import { newMark } from "./support/stock.ts";
import { drain } from "./support/worker.ts";

Deno.test("an erasure with files that take longer than a transaction may idle is carried out", async () => {
  const { alice, test } = await cast();
  const { config, log, egress } = test.services;
  const personEmail = `${newMark()}@person.example`;
  const contact = await contactOf(alice, { "emails.0.address": personEmail });
  await put(alice, `/contacts/${contact}`, fileOf(pdf("Vertrag"), "vertrag.pdf"));
  const { id: caseId } = await request(test, alice.tenantId, ["erasure"], { personEmail });
  await drain(test);
  const [item] = await alice.scope((scope) => caseItems.list(scope, caseId));
  await alice.scope((scope) =>
    caseItems.decide(scope, caseId, item!.id, { kind: "approve" }, { kind: "officer", id: null })
  );
  const local = localStorage(config.dataDir);
  const slow: Storage = {
    ...local,
    async remove(name) {
      await pause(1_500);
      await local.remove(name);
    },
  };
  const pool = openPool(test.db.appUrl, { max: 2, idleTimeout: 500 });
  const signal = new AbortController().signal;
  const tools = { pool, config: { ...config, storage: slow }, log, egress, signal };
  try {
    for (let round = 0; round < 2; round++) {
      await executeRight.run(tools, { tenantId: alice.tenantId, caseId, itemId: item!.id });
      await keepLedger.run(tools, { tenantId: null });
    }
  } finally {
    await pool.end();
  }
  const [done] = await alice.scope((scope) => caseItems.list(scope, caseId));
  equal(done!.status, "done");
  equal(stored(test, alice.tenantId).length, 0);
});
