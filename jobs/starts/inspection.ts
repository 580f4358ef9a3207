/**
 * Checks the installation from outside, for the supervisor, and that the database has not been set
 * back meanwhile: it may have been replaced by a copy that had not received everything.
 */
import { withTools } from "../errand_tools.ts";
import { lookAround } from "../inspections.ts";
import { passGate } from "../upgrades.ts";
import { errand } from "./process.ts";

await errand("inspection", (given) => {
  // A stop waits for nothing that changes nothing.
  given.stop.addEventListener("abort", () => Deno.exit(0));
  return withTools(
    given,
    "kompaktcrm inspection",
    ({ owner, config }) => lookAround(config, owner).finally(() => passGate(owner, config)),
  );
});
