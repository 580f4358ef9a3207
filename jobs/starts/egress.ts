/** The process that makes HTTP requests to others, started by the supervisor. */
import { relayRequests } from "../egress.ts";
import { child } from "./process.ts";

await child(({ config, appUrl, name, stop, reach }) =>
  relayRequests(config, appUrl, name, reach, stop)
);
