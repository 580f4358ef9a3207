/**
 * Regular reports to the officer: every week a one-page summary, every day the head of the chain.
 */
import * as caseEvents from "../db/case_events.ts";
import { today } from "../db/clock.ts";
import { providerId } from "../db/controllers.ts";
import * as dueLetters from "../db/due_letters.ts";
import { mondayOf } from "../db/local_times.ts";
import * as mails from "../db/mails.ts";
import * as officerCases from "../db/officer_cases.ts";
import * as officers from "../db/officers.ts";
import { system, withScope } from "../db/scope.ts";
import type { chainHead } from "../views/mail/officer_reports.ts";
import { plainJob, type Tools } from "./job.ts";
import { Faults, inEachTenant } from "./rounds.ts";

/** Most cases named in a report: as many as a page holds. */
const mostRows = 25;

/**
 * Sends the head of the chain every day and the weekly summary on Mondays, or later if nothing ran
 * that day. Sends nothing if there has never been a request.
 */
export const reportToOfficers = plainJob("report_to_officers", async (tools) => {
  const faults = new Faults(tools);
  await faults.keep(providerId, () => report(providerId, tools));
  await inEachTenant(tools, (id) => report(id, tools));
  faults.end();
});

async function report(
  tenantId: string,
  { pool, config: { baseUrl } }: Pick<Tools, "pool" | "config">,
): Promise<void> {
  await withScope(pool, { tenantId, actor: system }, async (scope) => {
    const head = await caseEvents.head(scope);
    const day = today();
    const to = head && await officers.recipientOf(scope, day);
    if (!head || !to) return;
    const parts = { locale: to.language, baseUrl, now: scope.now };
    const send = (
      letter: ReturnType<typeof chainHead>,
      attachment?: mails.MailInput["attachment"],
    ) =>
      mails.send(scope.sql, {
        tenantId: officerCases.mailTenant(tenantId),
        kind: "case_report",
        to: to.email,
        attachment,
        ...letter,
      });
    // Loaded when there is something to write, because they bring the texts of all pages with them.
    const letters = () => import("../views/mail/officer_reports.ts");
    if (await dueLetters.noteReport(scope, "chain", day, head)) {
      const { chainHead } = await letters();
      await send(chainHead({ ...parts, head: head.digest, count: head.seq }));
    }
    const monday = mondayOf(day);
    const due = day === monday || await dueLetters.hadReportBefore(scope, monday);
    if (!due || !await dueLetters.noteReport(scope, "week", monday, head)) return;
    const figures = await officerCases.week(scope, day, mostRows, monday);
    const [{ pdf }, { weekDocument }, { weekOf }, { officerReport }] = await Promise.all([
      import("../db/typst.ts"),
      import("../views/documents.ts"),
      import("../views/mail/officer_weeks.ts"),
      letters(),
    ]);
    const document = weekOf({ ...parts, ...figures, day, head: head.digest });
    const bytes = pdf(weekDocument, document.data, { at: scope.now });
    await send(officerReport({ ...parts, ...figures, week: document.week }), {
      name: document.name,
      bytes,
    });
  });
}
