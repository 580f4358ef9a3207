/** The officer's post: letters that are due. */
import { now, today } from "../db/clock.ts";
import * as dueLetters from "../db/due_letters.ts";
import { system, withScope } from "../db/scope.ts";
import { houseJob } from "./job.ts";

const batch = 200;
/** The hour from which reminders go out, by the clock of Berlin: nobody is reminded at night. */
const remindFrom = 7;

/** Writes what is due; each letter with its record, so that a second run writes nobody twice. */
export const writeOfficers = houseJob("write_officers", async ({ signal, ...tools }) => {
  const { pool, log } = tools;
  const hour = Temporal.Instant.fromEpochMilliseconds(now().getTime())
    .toZonedDateTimeISO("Europe/Berlin").hour;
  let count = 0;
  for (const due of await dueLetters.list(pool, now(), today(), hour >= remindFrom, batch)) {
    signal.throwIfAborted();
    // Looked for each minute, written seldom.
    const { write } = await import("./officer_letters.ts");
    const who = { tenantId: due.tenantId, actor: system };
    if (await withScope(pool, who, (scope) => write(scope, due, tools))) count++;
  }
  if (count > 0) log.info("officers written to", { count });
});
