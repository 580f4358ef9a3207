/** The job process, started by the supervisor. */
import { work } from "../worker.ts";
import { child } from "./process.ts";

await child(({ config, appUrl, name, stop, reach }) => work(config, appUrl, name, stop, reach));
