/** The statement of a tenant's erasure names days as people in Germany count them. */
import { equal } from "node:assert/strict";
import { type Figures, type Step, steps } from "../../db/tenant_erasures.ts";
import { statementOf } from "../../db/tenant_erasures/statements.ts";

Deno.test("a backup that expired after midnight expired on the new day", () => {
  const figures: Partial<Record<Step, Figures>> = { live: { tables: {} }, search: { places: [] } };
  const finishedAt = new Date("2026-07-01T22:30:00Z");
  const { stores } = statementOf(
    { house: "t", contractEndedOn: "2026-06-10", keyIds: [] },
    steps.map((step) => ({
      ...{ step, state: "done", attempts: 1, errorCode: null, dueOn: "2026-07-05" },
      ...{ figures: figures[step] ?? {}, startedAt: finishedAt, triedAt: finishedAt, finishedAt },
    })),
    { controller: "Kompakt", invoices: { count: 0, until: null }, ledger: null },
  );
  equal(stores.find(({ name }) => name === "backups")?.emptyOn, "2026-07-02");
});
