/** Advances the ends of contracts and the erasures of their tenants, for the supervisor. */
import { withTools } from "../errand_tools.ts";
import { endNow } from "../tenant_erasures.ts";
import { errand } from "./process.ts";

await errand("erasure", (given) => withTools(given, "kompaktcrm erasure", endNow));
