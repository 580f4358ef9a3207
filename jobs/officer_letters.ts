/** Writes a letter to the officer about a case, with the links that decide it. */
import * as authorities from "../db/authorities.ts";
import * as caseAlarms from "../db/case_alarms.ts";
import * as cases from "../db/cases.ts";
import * as caseLetters from "../db/case_letters.ts";
import type { LinkAction } from "../db/case_letters.ts";
import { today } from "../db/clock.ts";
import * as dueLetters from "../db/due_letters.ts";
import type { DueLetter } from "../db/due_letters.ts";
import * as erasurePreviews from "../db/erasure_previews.ts";
import * as findings from "../db/findings.ts";
import * as haltEffects from "../db/halt_effects.ts";
import type { Effect } from "../db/halt_effects.ts";
import * as mails from "../db/mails.ts";
import * as officerCases from "../db/officer_cases.ts";
import * as officers from "../db/officers.ts";
import * as rectifications from "../db/rectifications.ts";
import type { Scope } from "../db/scope.ts";
import * as portability from "../db/portability.ts";
import { caseAlarm } from "../views/mail/case_alarms.ts";
import { authorityAlarm, authorityLetter } from "../views/mail/authority_letters.ts";
import { officerLetter } from "../views/mail/officers.tsx";
import type { Tools } from "./job.ts";

/**
 * Writes one due letter, to whoever decides today unless a recipient is given. Returns false if it
 * has no recipient or was written before, or if what it has to say of the person is not known yet:
 * then the next run writes it.
 */
export async function write(
  scope: Scope,
  due: DueLetter,
  { config }: Pick<Tools, "config">,
  recipient?: officers.Recipient,
): Promise<boolean> {
  const { caseId, kind, occasion } = due;
  const { sql, tenantId } = scope;
  const to = recipient ?? await officers.recipientOf(scope, today());
  const found = await officerCases.lookup(scope, caseId);
  if (!to || !found) return false;
  // A reminder waits, too: it would take the place of the first letter.
  if (await dueLetters.isSearching(scope, caseId)) return false;
  const authority = authorities.wrote(await cases.find(scope, caseId));
  // What follows our last day says nothing of the authority's: it is reminded of weekly instead.
  const dated = kind === "reminder" || kind === "overdue";
  if (authority && dated && await caseLetters.isRecent(scope, caseId)) return false;
  // Deadline and person are the same for the whole case, so one link for each is enough.
  const whole = (action: LinkAction) => action === "extend" || action === "person";
  const items = found.items.map((item) => ({
    ...item,
    actions: authority && item.actions.includes("done")
      ? ["done" as const]
      : item.actions.filter((action) => kind !== "person" || action === "person"),
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
  const approvable = items.filter(({ actions }) => actions.includes("approve"))
    .map(({ right }) => right);
  const effects: Effect[] = [];
  for (const item of items) {
    const effect = await haltEffects.lookup(scope, { ...item, caseId });
    if (effect) effects.push(effect);
  }
  const erasing = found.items.some(({ right }) => right === "erasure");
  const compose = authority ? authorityLetter : officerLetter;
  const letter = compose({
    ...found,
    plan: erasing ? await erasurePreviews.find(scope, caseId) : null,
    nobody: await findings.findsNobody(scope, caseId, approvable),
    nameable: effects.some((effect) => effect.endsWith("_nobody")),
    uncovered: approvable.includes("portability") && await portability.isUncovered(scope, caseId),
    unnotedAt: await rectifications.isUnnoted(scope, caseId) ? officerCases.deskOf(tenantId) : null,
    effects,
    choices: known ? known.candidates.map(({ by }) => by) : null,
    kind,
    locale: to.language,
    daysLeft: officerCases.daysLeft(found, today()),
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
  if (!recipient) await notifyTenant(scope, due, { to, found, authority, baseUrl });
  return true;
}

/**
 * Besides the officer, informs the tenant's responsible users of a deadline that is near or past.
 */
async function notifyTenant(
  scope: Scope,
  due: DueLetter,
  { to, found, authority, baseUrl }: {
    to: officers.Recipient;
    found: officerCases.OpenCase;
    authority: boolean;
    baseUrl: string;
  },
): Promise<void> {
  const alarm = authority
    ? caseAlarms.alarmOfAuthority(due, found, today())
    : await caseAlarms.alarmOf(scope, due);
  const readers = alarm ? await caseAlarms.listReaders(scope, to.email) : [];
  if (!alarm || readers.length === 0) return;
  await caseAlarms.note(scope, due.caseId, alarm);
  const who = await officers.find(scope);
  const about = {
    ...found,
    alarm,
    daysLeft: officerCases.daysLeft(found, today()),
    officer: to.role === "deputy" ? who.deputyName || who.deputyEmail : who.name || who.email,
    queue: officerCases.deskOf(scope.tenantId),
    baseUrl,
    now: scope.now,
  };
  const compose = authority ? authorityAlarm : caseAlarm;
  for (const { email, ...reader } of readers) {
    await mails.send(scope.sql, {
      tenantId: officerCases.mailTenant(scope.tenantId),
      kind: "case_alarm",
      to: email,
      ...compose({ ...about, ...reader }),
    });
  }
}
