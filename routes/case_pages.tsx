/** The page of one case, for all forms that stand on it. */
import * as authorities from "../db/authorities.ts";
import { isDroppable } from "../db/case_corrections.ts";
import * as caseEvents from "../db/case_events.ts";
import * as caseFiles from "../db/case_files.ts";
import * as caseItems from "../db/case_items.ts";
import type { CaseItem } from "../db/case_items.ts";
import * as casePersons from "../db/case_persons.ts";
import * as caseQueues from "../db/case_queues.ts";
import { actionsOf } from "../db/case_statuses.ts";
import * as cases from "../db/cases.ts";
import * as certificates from "../db/certificates.ts";
import { today } from "../db/clock.ts";
import * as controllers from "../db/controllers.ts";
import { cautiousEnd, deadlineOf } from "../db/deadlines.ts";
import * as erasurePreviews from "../db/erasure_previews.ts";
import * as findings from "../db/findings.ts";
import { holidaysFrom } from "../db/holidays.ts";
import { rights } from "../db/letters/rules.ts";
import * as deliveries from "../db/deliveries.ts";
import * as personLetters from "../db/person_letters.ts";
import { formId } from "../db/ids.ts";
import { dayOf } from "../db/local_times.ts";
import * as rectifications from "../db/rectifications.ts";
import * as restrictions from "../db/restrictions.ts";
import * as transfers from "../db/transfers.ts";
import * as transmissions from "../db/transmissions.ts";
import type { Scope } from "../db/scope.ts";
import type { Desk } from "../views/cases/desk.tsx";
import type { Effects } from "../views/cases/effects.tsx";
import { ErasurePlan } from "../views/cases/erasure_plan.tsx";
import { explanation } from "../views/cases/explanation.ts";
import { FindingsSummary } from "../views/cases/findings.tsx";
import { CasePage } from "../views/cases/page.tsx";
import { CertificatePanel } from "../views/certificates.tsx";
import { emptyForm, type FormState } from "../views/ui/form.tsx";
import type { View } from "../views/view.ts";
import { type Ctx, type Node, page } from "./web.tsx";

/** What the rights of a case have brought about. */
async function effectsOf(
  scope: Scope,
  caseId: string,
  items: readonly CaseItem[],
): Promise<Effects> {
  const open = items.some(({ right, closedAt }) => right === "rectification" && !closedAt);
  const person = open ? await casePersons.resolve(scope, caseId) : null;
  return {
    deliveries: await deliveries.list(scope, caseId),
    restrictions: await restrictions.list(scope, caseId),
    rectifications: await rectifications.list(scope, caseId),
    standing: person ? await rectifications.standing(scope, person) : [],
    nextId: formId(),
    transfers: await transfers.list(scope, caseId),
    recipients: await transmissions.list(scope, caseId),
    destinations: items.some(({ right }) => right === "portability")
      ? await transfers.destinations(scope)
      : [],
  };
}

/** Forms of the page that were refused, with their faults. */
export interface CaseFaults {
  noteForm?: FormState;
  itemForm?: { id: string; form: FormState };
  effectForm?: { id: string; form: FormState };
  linkForm?: FormState;
  dismissForm?: FormState;
}

/** What the last day of a case follows from, in words; its cautious last day if that is earlier. */
async function reckoned(view: View, found: cases.Case, country: string) {
  const clock = {
    receivedOn: found.receivedOn,
    extended: found.extendedAt !== null,
    pausedDays: found.pausedDays,
  };
  const place = { country, land: found.land };
  const holidays = await holidaysFrom(Number(found.receivedOn.slice(0, 4)), place, view.locale);
  const cautious = clock.extended ? cautiousEnd(found.receivedOn) : null;
  return {
    why: explanation(view, clock, deadlineOf(clock, holidays)),
    cautiousOn: cautious && cautious < found.dueOn ? cautious : null,
  };
}

/** The rights of a case with what may now be done about each. */
function actionable(scope: Scope, found: cases.Case, items: readonly CaseItem[]) {
  // Once, and in the first month: a clock that rests since then stands within it.
  const late = dayOf(found.pausedAt ?? scope.now) > found.dueOn;
  const state = { extended: found.extendedAt !== null || late, paused: found.pausedAt !== null };
  return items.map((item) => ({
    ...item,
    actions: actionsOf(item.status, state),
    droppable: isDroppable(item, found.channel),
  }));
}

/** The findings, the plan of an open erasure and the certificates of a case. */
async function partsOf(
  c: Ctx,
  desk: Desk,
  found: cases.Case,
  items: readonly CaseItem[],
): Promise<Node> {
  const { scope, view } = c.var;
  const erasing = items.some(({ right, closedAt }) => right === "erasure" && closedAt === null);
  const plan = erasing ? await erasurePreviews.find(scope, found.id) : null;
  return (
    <>
      <FindingsSummary
        view={view}
        desk={desk}
        found={found}
        findings={await findings.lookup(scope, found.id)}
      />
      {plan ? <ErasurePlan view={view} preview={plan} /> : null}
      <CertificatePanel
        view={view}
        base={desk.base.replace("requests", "certificates")}
        entries={await certificates.listOf(scope, found.id)}
      />
    </>
  );
}

/** The page of a case, with what a refused form on it said. */
export async function showCase(
  c: Ctx,
  desk: Desk,
  id: string,
  faults: CaseFaults = {},
): Promise<Response> {
  const { scope, view } = c.var;
  const found = await cases.find(scope, id);
  const before = Number(c.req.query("before"));
  const items = await caseItems.list(scope, found.id);
  const [files, { events, next }, related, controller, letters] = [
    await caseFiles.list(scope, found.id),
    await caseEvents.list(scope, found.id, before > 0 && before < 2 ** 31 ? before | 0 : null),
    await caseQueues.listRelated(scope, found.id, found.duplicateOf),
    await controllers.find(scope),
    await personLetters.list(scope, found.id),
  ];
  const names = await caseEvents.names(scope, events);
  return await page(
    c,
    <CasePage
      view={view}
      desk={desk}
      found={found}
      items={actionable(scope, found, items)}
      rights={rights}
      files={files}
      letters={letters}
      events={events.map((event) => ({
        ...event,
        actorName: names.get(event.actorId ?? "") ?? null,
      }))}
      next={next}
      related={related}
      {...await reckoned(view, found, controller.country)}
      today={today()}
      authority={authorities.wrote(found)}
      noteForm={faults.noteForm ?? emptyForm}
      linkForm={faults.linkForm ?? null}
      dismissForm={faults.dismissForm ?? null}
      itemForm={faults.itemForm ?? null}
      parts={await partsOf(c, desk, found, items)}
      effects={await effectsOf(scope, found.id, items)}
      effectForm={faults.effectForm ?? null}
    />,
    {
      title: { text: found.number },
      status: Object.keys(faults).length > 0 ? 422 : 200,
    },
  );
}
