/** Processes a file of deals batch by batch, up to the limit of a rehearsal or to the end. */
import { fresh, mayWrite } from "../field_rights.ts";
import * as imports from "../imports.ts";
import * as lostReasons from "../lost_reasons.ts";
import * as pipelines from "../pipelines.ts";
import type { Scope } from "../scope.ts";
import * as sights from "../sights.ts";
import { Assignees } from "./assignees.ts";
import * as choices from "./choices.ts";
import * as inserts from "./deal_inserts.ts";
import * as matches from "./deal_matches.ts";
import { DealScreening } from "./deal_screenings.ts";
import { countOf } from "./findings.ts";
import type { Plan } from "./plans.ts";
import type { ImportedRecord } from "./records.ts";
import * as importedFields from "./custom_fields.ts";
import * as reports from "./reports.ts";
import type { Origin } from "./stages.ts";

export interface DealRun {
  /** Includes the custom fields that rows may fill in. */
  plan: Plan;
  origin: Origin;
  /** A rehearsal writes nothing but its report. */
  writes: boolean;
  batches: AsyncIterable<ImportedRecord[]>;
  /** Is told how many rows are done, and throws if the run has to end. */
  heard: (done: number) => void;
}

/**
 * Processes all rows and returns the counts. Deals are assigned to the users that the file names,
 * which the importing user may not be allowed to see: that limit is lifted for the writing, while
 * existing data are looked up under it.
 */
export async function records(scope: Scope, run: DealRun): Promise<imports.Counts> {
  const { plan, origin, writes, batches, heard } = run;
  const counts = { ...imports.nothing };
  const nobody = await sights.ownerOfNew(scope, "deal", origin.ownerId);
  await sights.lift(scope);
  const screening = new DealScreening({
    pipelines: await pipelines.list(scope),
    reasons: await lostReasons.list(scope),
    owners: new Assignees(origin.owners.users, plan.owners, nobody),
    plan,
    blind: {
      amount: !mayWrite(scope, "deal", "amount"),
      close: !mayWrite(scope, "deal", "expectedCloseOn"),
    },
    choices: await choices.all(scope, origin.importId),
    tags: origin.tags,
    now: scope.now,
  });
  for await (const batch of batches) {
    heard(counts.records);
    await sights.narrowly(scope, () => importedFields.findPersons(scope, batch, plan.fields ?? []));
    const made = screening.take(batch, await matches.lookup(scope, origin.importId, batch));
    if (writes) {
      const deals = made.deals.map((each) => written(scope, each));
      await inserts.insert(scope, origin, made.companies, deals);
    }
    await reports.add(scope, origin.importId, made.findings);
    counts.records += batch.length;
    counts.deals += made.deals.length;
    counts.companies += made.companies.length;
    for (const { outcome } of made.findings) {
      if (outcome !== "updated") counts[countOf[outcome]]++;
    }
  }
  return counts;
}

/** A deal without what the importing user's role may not write. */
function written(scope: Scope, deal: inserts.NewDeal): inserts.NewDeal {
  if (scope.limits === null) return deal;
  const { tags, ...fields } = fresh(scope, "deal", { ...deal.fields, tags: deal.tags });
  return { ...deal, fields, tags };
}
