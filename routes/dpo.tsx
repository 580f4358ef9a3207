/** The queue for officers who prefer to log in: the same cases and decisions as in the mails. */
import { z } from "zod";
import * as caseCorrections from "../db/case_corrections.ts";
import type { LinkAction } from "../db/case_letters.ts";
import { today } from "../db/clock.ts";
import { providerId } from "../db/controllers.ts";
import { Forbidden, Invalid, NotFound } from "../db/errors.ts";
import { rights } from "../db/letters/rules.ts";
import * as officerCases from "../db/officer_cases.ts";
import * as officerConfirmations from "../db/officer_confirmations.ts";
import * as officerOrders from "../db/officer_orders.ts";
import * as officers from "../db/officers.ts";
import { type Scope, system, withScope } from "../db/scope.ts";
import { CaseLinkPage, orderTitle } from "../views/case_links.tsx";
import { OfficerItem, OfficerQueue, type Queue } from "../views/dpo.tsx";
import { path, query } from "../views/path.ts";
import { emptyForm, type FormState } from "../views/ui/form.tsx";
import { faultKey } from "./case_corrections.tsx";
import { Correction } from "./case_forms.ts";
import * as fields from "./fields.ts";
import { signedIn } from "./guards.ts";
import { extrasOf, takeExtras, takePerson, unsaidPerson, unseenExtras } from "./officer_extras.tsx";
import { orderForm } from "./officer_forms.ts";
import { confirm } from "./officer_letters.ts";
import { type Ctx, invalid, page, readForm, redirect, web } from "./web.tsx";

const actionPart = ":action{approve|refuse|extend|identity|identified|done|person}";
const After = z.tuple([fields.day, z.uuid()]);

export default web.createApp()
  .use(signedIn)
  .use(async (c, next) => {
    c.header("Cache-Control", "no-store");
    await next();
  })
  .get("/", async (c) => {
    const queues: Queue[] = [];
    for (const controllerId of mine(c)) {
      await asOfficer(c, controllerId, async (scope) => {
        const own = c.req.query("of") === controllerId;
        const after = own ? After.safeParse((c.req.query("after") ?? "").split("_")) : null;
        const [dueOn, id] = after?.data ?? [];
        const queue = await officerCases.list(scope, dueOn && id ? { dueOn, id } : null);
        const items = queue.cases.flatMap(({ items, ...found }) =>
          items.map(({ id, right }) => ({ ...found, ...daysOf(found), id, right }))
        );
        const name = controllerId === providerId ? null : c.var.session!.tenantName;
        const last = queue.cases.at(-1);
        const next = queue.more && last
          ? query("/dpo", { of: controllerId, after: `${last.dueOn}_${last.id}` })
          : null;
        queues.push({ items, next, controllerId, name });
      });
    }
    if (queues.length === 0) throw new Forbidden("dpo");
    const node = <OfficerQueue view={c.var.view} queues={queues} />;
    return await page(c, node, { title: "officers.queue_title" });
  })
  .get(`/items/${fields.idPart}`, (c) =>
    withItem(c, async (_, item) => {
      const { view } = c.var;
      const about = { ...item, ...daysOf(item) };
      const props = { view, about, id: item.id, actions: item.actions, rights };
      const node = <OfficerItem {...props} />;
      return await page(c, node, { title: "officers.queue_title" });
    }))
  .post(
    `/items/${fields.idPart}/correction`,
    (c) => withItem(c, (scope, item) => correct(c, scope, item)),
  )
  .get(
    `/items/${fields.idPart}/${actionPart}`,
    (c) => withItem(c, (scope, item) => show(c, scope, item)),
  )
  .post(
    `/items/${fields.idPart}/${actionPart}`,
    (c) => withItem(c, (scope, item) => act(c, scope, item)),
  );

const daysOf = (found: Pick<officerCases.OpenCase, "dueOn" | "paused">) => ({
  daysLeft: officerCases.daysLeft(found, today()),
});

/** Whose officer a person may be: the provider's, and that of the tenant one is in. */
const mine = (c: Ctx): string[] =>
  [providerId, c.var.session!.tenantId].filter((id) => id !== null);

type Role = "officer" | "deputy";

/** Does work in the controller's transaction where the person is its officer; else nothing. */
async function asOfficer<T>(
  c: Ctx,
  tenantId: string,
  work: (scope: Scope, role: Role) => Promise<T>,
): Promise<T | null> {
  const { session, services: { pool } } = c.var;
  return await withScope(pool, { tenantId, actor: system }, async (scope) => {
    const role = await officers.roleOf(scope, session!.email, today());
    // What the page needs of the session goes over the connection that is held already.
    c.set("scope", scope);
    return role && await work(scope, role);
    // A page of another controller, or of a fault, has no part in this transaction.
  }).finally(() => c.set("scope", undefined as never));
}

interface Item extends officerCases.DescribedItem {
  id: string;
  role: Role;
}

/** Finds the item among those of the person's controllers. Throws NotFound. */
async function withItem(
  c: Ctx,
  work: (scope: Scope, item: Item) => Promise<Response>,
): Promise<Response> {
  const id = c.req.param("id")!.toLowerCase();
  let officer = false;
  for (const controllerId of mine(c)) {
    const answer = await asOfficer(c, controllerId, async (scope, role) => {
      officer = true;
      const item = await officerCases.describe(scope, id);
      return item && await work(scope, { ...item, id, role });
    });
    if (answer) return answer;
  }
  throw officer ? new NotFound("case item") : new Forbidden("dpo");
}

/** Corrects a misrecognised right with one click. */
async function correct(c: Ctx, scope: Scope, item: Item): Promise<Response> {
  const read = await readForm(c, Correction);
  const right = read.ok ? read.value.right : "";
  const by = { kind: item.role, id: null } as const;
  try {
    if (right === "") await caseCorrections.drop(scope, item.id, by);
    else await caseCorrections.replace(scope, item.id, right, by);
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    const to = path`/dpo/items/${item.id}`;
    return await redirect(c, to, { kind: "error", key: faultKey(error) as never });
  }
  const { caseId, id: itemId } = item;
  await confirm(c, scope, {
    ...{ caseId, itemId, letterId: null, action: "corrected" },
    by: { role: item.role, way: "page" },
    corrected: { before: item.right, after: right },
  });
  return await redirect(c, "/dpo", { kind: "ok", key: "officers.corrected" });
}

const actionOf = (c: Ctx) => c.req.param("action") as LinkAction;

async function act(c: Ctx, scope: Scope, item: Item): Promise<Response> {
  const action = actionOf(c);
  // Being signed in shows who acts; only people who come by a link need a code.
  const read = await readForm(c, orderForm(action, false));
  if (!read.ok) return await show(c, scope, item, read.form);
  const unsaid = action === "person" ? await unsaidPerson(c) : null;
  const again = unsaid ?? await unseenExtras(c, scope, { itemId: item.id, action });
  if (again) return await show(c, scope, item, again);
  const { reason = "", paragraph = "" } = read.value;
  const { id: itemId, caseId, state, role } = item;
  const by = { role, way: "page" } as const;
  const asked = { caseId, itemId, state: read.value.state ?? state, action, reason, paragraph, by };
  if (asked.state === state) await takeExtras(c, scope, asked, by);
  const outcome = action === "person"
    ? await takePerson(c, scope, asked, by)
    : await officerOrders.carryOut(scope, asked);
  if (outcome !== "done") {
    const code = outcome === "late" ? "order_late" : "order_not_possible";
    return await show(c, scope, item, invalid(read.form, { "": code }));
  }
  const done = { caseId, itemId, letterId: null, action, by, paragraph };
  await confirm(c, scope, done);
  return await redirect(
    c,
    "/dpo",
    await officerConfirmations.waitsFor(scope, done)
      ? { kind: "info", key: "officers.done_approve_unnoted" }
      : { kind: "ok", key: `officers.done_${action}` },
  );
}

async function show(c: Ctx, scope: Scope, item: Item, form?: FormState): Promise<Response> {
  const { view } = c.var;
  const action = actionOf(c);
  if (!form && !item.actions.includes(action)) throw new NotFound("case item");
  const values = {
    paragraph: officerOrders.provisionOf(item.right, item.language),
    state: item.state,
  };
  const wanted = { itemId: item.id, action, sent: form !== undefined };
  const begun = form ?? { ...emptyForm, values };
  const { extra, form: filled } = await extrasOf(c, scope, wanted, begun);
  return await page(
    c,
    <CaseLinkPage
      view={view}
      about={{ ...item, ...daysOf(item) }}
      action={action}
      coded={false}
      extra={extra}
      form={filled}
    />,
    { title: { text: orderTitle(view, item.right, action) }, status: form ? 422 : 200 },
  );
}
