/** The officer's post: letters that are due, the week on a page, and each day the chain's head. */
import * as caseEvents from "../db/case_events.ts";
import * as caseLetters from "../db/case_letters.ts";
import type { LinkAction } from "../db/case_letters.ts";
import { now, today } from "../db/clock.ts";
import { providerId } from "../db/controllers.ts";
import * as dueLetters from "../db/due_letters.ts";
import * as findings from "../db/findings.ts";
import * as erasures from "../db/erasures.ts";
import * as mails from "../db/mails.ts";
import * as officerCases from "../db/officer_cases.ts";
import * as officers from "../db/officers.ts";
import { type Scope, system, withScope } from "../db/scope.ts";
import * as tenants from "../db/tenants.ts";
import { pdf } from "../db/typst.ts";
import { weekDocument } from "../views/documents.ts";
import { chainHead, officerLetter, officerReport } from "../views/mail/officers.tsx";
import { weekOf } from "../views/mail/officer_weeks.ts";
import { houseJob, type Tools } from "./job.ts";

const batch = 200;
/** The hour from which reminders go out, by the clock of Berlin: nobody is reminded at night. */
const remindFrom = 7;
/** Cases named in a report: as many as a page holds. */
const mostRows = 25;

/** Writes what is due; each letter with its record, so that a second run writes nobody twice. */
export const writeOfficers = houseJob("write_officers", async ({ signal, ...tools }) => {
  const { pool, log } = tools;
  const hour = Temporal.Instant.fromEpochMilliseconds(now().getTime())
    .toZonedDateTimeISO("Europe/Berlin").hour;
  let count = 0;
  for (const due of await dueLetters.list(pool, now(), today(), hour >= remindFrom, batch)) {
    signal.throwIfAborted();
    const who = { tenantId: due.tenantId, actor: system };
    if (await withScope(pool, who, (scope) => write(scope, due, tools))) count++;
  }
  if (count > 0) log.info("officers written to", { count });
});

async function write(
  scope: Scope,
  { caseId, kind, occasion }: dueLetters.DueLetter,
  { config }: Pick<Tools, "config">,
): Promise<boolean> {
  const { sql, tenantId } = scope;
  const to = await officers.recipientOf(scope, today());
  const found = await officerCases.lookup(scope, caseId);
  if (!to || !found) return false;
  // The clock and the person are one for the whole case: one link is enough for each.
  const whole = (action: LinkAction) => action === "extend" || action === "person";
  const items = found.items.map((item) => ({
    ...item,
    actions: item.actions.filter((action) => kind !== "person" || action === "person"),
  })).filter(({ actions }) => actions.length > 0).map((item, index) => ({
    ...item,
    actions: item.actions.filter((action) => !whole(action) || index === 0),
  })).filter(({ actions }) => actions.length > 0);
  const unclear = items.some(({ actions }) => actions.includes("person"));
  const known = unclear ? await findings.lookup(scope, caseId) : null;
  const input = { caseId, kind, occasion, recipient: to.role, items };
  const issued = await caseLetters.issue(scope, config.secretKey, input);
  if (!issued) return false;
  const { baseUrl, inbound } = config;
  const linked = issued.items.map(({ code, links }, index) => ({
    right: items[index]!.right,
    code,
    links: links.map(({ action, token }) => ({ action, url: `${baseUrl}/case-links/${token}` })),
  }));
  const erasing = found.items.some(({ right }) => right === "erasure");
  const letter = officerLetter({
    ...found,
    plan: erasing ? await erasures.preview(scope, caseId) : null,
    choices: known ? known.candidates.map(({ by }) => by) : null,
    kind,
    locale: to.language,
    daysLeft: officerCases.daysUntil(found.dueOn, today()),
    rights: found.items.map(({ right }) => right),
    items: linked,
    canReply: inbound !== undefined,
    baseUrl,
    now: scope.now,
  });
  await mails.send(sql, {
    tenantId: officerCases.mailTenant(tenantId),
    kind: "case_letter",
    to: to.email,
    replyTo: inbound ? `${issued.replyPart}@${inbound.domain}` : undefined,
    ...letter,
  });
  return true;
}

/** Each day the head of the chain, on Mondays the week; nothing where there never was a request. */
export const reportToOfficers = houseJob("report_to_officers", async ({ signal, ...tools }) => {
  await report(providerId, tools);
  for await (const id of tenants.each(tools.pool, signal)) {
    await report(id, tools);
  }
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
    if (await dueLetters.noteReport(scope, "chain", day, head)) {
      await send(chainHead({ ...parts, head: head.digest, count: head.seq }));
    }
    const monday = Temporal.PlainDate.from(day).dayOfWeek === 1;
    if (!monday || !await dueLetters.noteReport(scope, "week", day, head)) return;
    const figures = await officerCases.week(scope, day, mostRows);
    const document = weekOf({ ...parts, ...figures, day, head: head.digest });
    const bytes = pdf(weekDocument, document.data, { at: scope.now });
    await send(officerReport({ ...parts, ...figures, week: document.week }), {
      name: document.name,
      bytes,
    });
  });
}
