/** Checks the installation from outside, for the supervisor. */
import { withTools } from "../errand_tools.ts";
import { lookAround } from "../inspections.ts";
import { errand } from "./process.ts";

await errand("inspection", (given) => {
  // A stop waits for nothing that changes nothing.
  given.stop.addEventListener("abort", () => Deno.exit(0));
  return withTools(
    given,
    "kompaktcrm inspection",
    ({ owner, config }) => lookAround(config, owner),
  );
});
