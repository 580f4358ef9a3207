/** A night's backup, its copies and the rehearsal of a restore, for the supervisor. */
import { type NightOrders, spendNight } from "../backups.ts";
import { withTools } from "../errand_tools.ts";
import { errand } from "./process.ts";

await errand<NightOrders>(
  "backup",
  (given) => withTools(given, "kompaktcrm backup", (tools) => spendNight(tools, given)),
);
