/** Tells the officer of a breach at once, and everybody responsible while its 72 hours run out. */
import * as authorities from "../db/authorities.ts";
import { today } from "../db/clock.ts";
import { providerId } from "../db/controllers.ts";
import * as signs from "../db/incident_signs.ts";
import * as warnings from "../db/incident_warnings.ts";
import { deadlineOf } from "../db/incidents.ts";
import * as mails from "../db/mails.ts";
import * as officers from "../db/officers.ts";
import * as providers from "../db/provider.ts";
import { system, withScope } from "../db/scope.ts";
import { plainJob } from "./job.ts";

/** Writes each step once; the officer needs no account and reads what is known in the mail. */
export const warnOfIncidents = plainJob(
  "warn_of_incidents",
  async ({ pool, signal, config: { baseUrl }, log }) => {
    for (const warning of await warnings.list(pool)) {
      signal.throwIfAborted();
      // Loaded when there is something to write, because it brings the texts of all pages with it.
      const { incidentWarning } = await import("../views/mail/incidents.ts");
      const who = { tenantId: providerId, actor: system };
      await withScope(pool, who, async (scope) => {
        if (!await warnings.note(scope.sql, warning)) return;
        const provider = await providers.lookup(scope.sql);
        const officer = await officers.recipientOf(scope, today());
        const operators = await signs.listOperators(scope.sql);
        const own = operators.find(({ email }) =>
          email.toLowerCase() === officer?.email.toLowerCase()
        );
        // Whoever recorded it knows of it; the operators are reminded when time runs out.
        const others = warning.step === 72 ? [] : operators.filter((each) => each !== own);
        const first = officer && {
          email: officer.email,
          name: own?.name ?? "",
          locale: officer.language,
          opens: own !== undefined,
        };
        const readers = [
          ...first ? [first] : [],
          ...others.map((each) => ({ ...each, opens: true })),
        ];
        for (const { email, ...reader } of readers) {
          const letter = incidentWarning({
            ...reader,
            ...warning,
            deadline: deadlineOf(warning.incident.noticedAt),
            authority: provider && authorities.lookup(provider),
            baseUrl,
            now: scope.now,
          });
          await mails.send(scope.sql, {
            tenantId: null,
            kind: "incident_warning",
            to: email,
            ...letter,
          });
        }
        log.info("told of a running deadline", { count: readers.length });
      });
    }
  },
);
