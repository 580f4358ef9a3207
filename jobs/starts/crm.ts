/** The command line: `deno task crm`. */
import { run } from "../commands.ts";
import { end } from "./process.ts";

await end(run(Deno.args));
