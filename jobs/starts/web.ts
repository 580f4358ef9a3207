/** A web process, started by the supervisor. */
import { serve } from "../../routes/serve.ts";
import { child } from "./process.ts";

await child(({ config, appUrl, name, stop, reach }) => serve(config, appUrl, name, stop, reach));
