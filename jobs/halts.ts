/**
 * Stops processing at once when a claim requires it, and lifts restrictions on the announced day.
 */
import * as caseItems from "../db/case_items.ts";
import * as casePersons from "../db/case_persons.ts";
import { providerId } from "../db/controllers.ts";
import { Invalid } from "../db/errors.ts";
import * as loginRights from "../db/login_rights.ts";
import * as halts from "../db/halts.ts";
import * as restrictions from "../db/restrictions.ts";
import { tenantJob } from "./job.ts";

const system = { kind: "system", id: null } as const;

/** Stops processing within seconds of the claim. */
export const haltProcessing = tenantJob("halt_processing", async ({ scope, config }, payload) => {
  const { caseId } = await caseItems.find(scope, payload.itemId);
  const person = await casePersons.lookup(scope, caseId);
  if (scope.tenantId === providerId) return await loginRights.halt(scope, payload.itemId, person);
  await halts.run(scope, config.secretKey, payload.itemId, person);
});

/**
 * Lifts a restriction whose end was announced; it stays in place until the person has been
 * informed.
 */
export const liftRestriction = tenantJob("lift_restriction", async ({ scope }, payload) => {
  try {
    await restrictions.lift(scope, payload, system);
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
  }
});
