/** The process that receives mail, started by the supervisor. */
import { takeIn } from "../inbound.ts";
import { child } from "./process.ts";

await child(({ config, appUrl, name, stop, reach }) => takeIn(config, appUrl, name, stop, reach));
