/** Sends the officers the letters that are due. */
import { now, today } from "../db/clock.ts";
import * as dueLetters from "../db/due_letters.ts";
import { system, withScope } from "../db/scope.ts";
import { plainJob } from "./job.ts";

const batch = 200;
/** The hour from which reminders are sent, Berlin time: nobody is reminded at night. */
const remindFrom = 7;

/** Letters that may fail before a run ends, because the fault is then not a single tenant's. */
const mostFaults = 20;

/**
 * Writes what is due, each letter together with its record, so that a second run writes to nobody
 * twice. A failure in one tenant does not delay others' letters, but makes the run fail at its end.
 */
export const writeOfficers = plainJob("write_officers", async ({ signal, ...tools }) => {
  const { pool, log } = tools;
  const hour = Temporal.Instant.fromEpochMilliseconds(now().getTime())
    .toZonedDateTimeISO("Europe/Berlin").hour;
  let count = 0;
  const faults: unknown[] = [];
  for (const due of await dueLetters.list(pool, now(), today(), hour >= remindFrom, batch)) {
    signal.throwIfAborted();
    // Loaded on demand: the check runs every minute, but letters are rare.
    const { write } = await import("./officer_letters.ts");
    const who = { tenantId: due.tenantId, actor: system };
    try {
      if (await withScope(pool, who, (scope) => write(scope, due, tools))) count++;
    } catch (error) {
      faults.push(error);
      if (faults.length === mostFaults) break;
    }
  }
  if (count > 0) log.info("officers written to", { count });
  if (faults.length > 0) throw faults[0];
});
