/**
 * The links in the officer's mail: no log-in, for the link is the key. A GET shows and changes nothing,
 * only the button of the page acts; what cannot be taken back asks for the code of the mail as well.
 */
import * as caseCorrections from "../db/case_corrections.ts";
import * as caseCodes from "../db/case_codes.ts";
import * as caseLinks from "../db/case_links.ts";
import { today } from "../db/clock.ts";
import { Invalid } from "../db/errors.ts";
import { rights } from "../db/letters/rules.ts";
import * as officerCases from "../db/officer_cases.ts";
import * as officerConfirmations from "../db/officer_confirmations.ts";
import * as officerOrders from "../db/officer_orders.ts";
import * as officers from "../db/officers.ts";
import * as rateLimits from "../db/rate_limits.ts";
import { type Scope, system, withScope } from "../db/scope.ts";
import { CaseLinkEnd, CaseLinkPage, type End, endTitle, orderTitle } from "../views/case_links.tsx";
import { emptyForm, type FormState } from "../views/ui/form.tsx";
import { path } from "../views/path.ts";
import { Correction } from "./case_forms.ts";
import * as fields from "./fields.ts";
import { extrasOf, takeExtras, takePerson, unsaidPerson, unseenExtras } from "./officer_extras.tsx";
import { orderForm } from "./officer_forms.ts";
import { confirm } from "./officer_letters.ts";
import { counted, unlisted } from "./link_pages.ts";
import { type Ctx, invalid, page, readForm, web } from "./web.tsx";

export default web.createApp()
  .use(counted(rateLimits.limits.officers), unlisted)
  .get(`/${fields.tokenPart}`, (c) =>
    withLink(c, async (scope, link) => {
      if (!link?.live) return await passed(c, scope, link);
      return await show(c, scope, link);
    }))
  .post(`/${fields.tokenPart}`, (c) => withLink(c, (scope, link) => act(c, scope, link)))
  .post(
    `/${fields.tokenPart}/correction`,
    (c) => withLink(c, (scope, link) => correct(c, scope, link)),
  );

type Link = caseLinks.CaseLink;

/** Opens a transaction of the controller that a link belongs to; null for an unknown link. */
async function withLink(
  c: Ctx,
  work: (scope: Scope, link: Link | null) => Promise<Response>,
): Promise<Response> {
  const { pool } = c.var.services;
  const found = await caseLinks.lookup(pool, c.req.param("token")!);
  if (!found) return await end(c, "gone");
  return await withScope(
    pool,
    { tenantId: found.tenantId, actor: system },
    async (scope) => {
      c.set("scope", scope);
      const link = await caseLinks.find(scope, found.id);
      // A deputy no longer decides once the absence is over.
      const over = link?.recipient === "deputy" &&
        !officers.isAway(await officers.find(scope), today());
      return await work(scope, over ? null : link);
    },
  );
}

async function act(c: Ctx, scope: Scope, link: Link | null): Promise<Response> {
  if (!link?.live) return await passed(c, scope, link);
  const { action, itemId, letterId } = link;
  const read = await readForm(c, orderForm(action, caseLinks.isCoded(action)));
  if (!read.ok) return await show(c, scope, link, read.form, 422);
  const unsaid = action === "person" ? await unsaidPerson(c) : null;
  if (unsaid) return await show(c, scope, link, unsaid, 422);
  const { reason = "", paragraph = "", code } = read.value;
  if (caseLinks.isCoded(action)) {
    const { secretKey } = c.var.services.config;
    const matched = await caseCodes.match(scope, secretKey, letterId, code ?? "");
    if (matched !== itemId) return await wrongCode(c, scope, link, read.form);
  }
  const unseen = await unseenExtras(c, scope, link);
  if (unseen) return await show(c, scope, link, unseen, 422);
  const by = { role: link.recipient, way: "link" } as const;
  const outcome = action === "person"
    ? await takePerson(c, scope, link, by)
    : await order(c, scope, { ...link, reason, paragraph, by });
  if (outcome !== "done") return await passed(c, scope, link);
  await caseLinks.use(scope, link.id);
  const done = { ...partsOf(link), action, paragraph };
  await confirm(c, scope, done);
  const waits = await officerConfirmations.waitsFor(scope, done);
  return await end(c, waits ? "approve_unnoted" : action);
}

const partsOf = ({ caseId, letterId, itemId, recipient }: Link) => ({
  ...{ caseId, letterId, itemId },
  by: { role: recipient, way: "link" } as const,
});

/** What is blacked out belongs to an approval: chosen first, so that it is carried out with it. */
async function order(c: Ctx, scope: Scope, order: officerOrders.Order) {
  const item = await officerCases.describe(scope, order.itemId, true);
  if (item?.open && item.state === order.state) await takeExtras(c, scope, order, order.by);
  return await officerOrders.carryOut(scope, order);
}

/** Corrects a misrecognised right with one click; like any decision, that uses up the link. */
async function correct(c: Ctx, scope: Scope, link: Link | null): Promise<Response> {
  if (!link?.live) return await passed(c, scope, link);
  // Locked, so that of two clicks at once the second finds another state.
  const item = await officerCases.describe(scope, link.itemId, true);
  if (!item?.open || item.state !== link.state) return await passed(c, scope, link);
  const read = await readForm(c, Correction);
  const right = read.ok ? read.value.right : "";
  const by = { kind: link.recipient, id: null } as const;
  try {
    if (right === "") await caseCorrections.drop(scope, link.itemId, by);
    else await caseCorrections.replace(scope, link.itemId, right, by);
  } catch (error) {
    if (error instanceof Invalid) return await passed(c, scope, link);
    throw error;
  }
  await caseLinks.use(scope, link.id);
  const corrected = { before: item.right, after: right };
  await confirm(c, scope, { ...partsOf(link), action: "corrected", corrected });
  return await end(c, "corrected");
}

/** Another item's code is wrong here, though right elsewhere in the same letter. */
async function wrongCode(c: Ctx, scope: Scope, link: Link, form: FormState): Promise<Response> {
  const again = await caseLinks.find(scope, link.id);
  if (!again?.live) return await end(c, "spent");
  const values = { ...form.values, code: "" };
  return await show(c, scope, link, invalid({ ...form, values }, { code: "wrong_code" }), 422);
}

async function show(
  c: Ctx,
  scope: Scope,
  link: Link,
  form: FormState = emptyForm,
  status: 200 | 422 = 200,
): Promise<Response> {
  const item = await officerCases.describe(scope, link.itemId);
  if (!item?.open || item.state !== link.state) return await passed(c, scope, link);
  const about = { ...item, daysLeft: officerCases.daysLeft(item, today()) };
  const values = link.action === "refuse" && form === emptyForm
    ? { paragraph: officerOrders.provisionOf(about.right, about.language) }
    : form.values;
  const wanted = { itemId: link.itemId, action: link.action, sent: form !== emptyForm };
  const { extra, form: filled } = await extrasOf(c, scope, wanted, { ...form, values });
  return await page(
    c,
    <CaseLinkPage
      view={c.var.view}
      about={about}
      action={link.action}
      coded={caseLinks.isCoded(link.action)}
      form={filled}
      extra={extra}
      correction={about.sentence === "" ? undefined : {
        action: path`/case-links/${c.req.param("token")!}/correction`,
        rights,
      }}
    />,
    { title: { text: orderTitle(c.var.view, about.right, link.action) }, bare: true, status },
  );
}

/** Nothing happens any more; while the letter is valid, its reader learns how the matter stands. */
async function passed(c: Ctx, scope: Scope, link: Link | null): Promise<Response> {
  if (!link || link.expired) return await end(c, "gone");
  if (link.spent) return await end(c, "spent");
  const item = await officerCases.describe(scope, link.itemId);
  return await end(c, "gone", item);
}

const end = (c: Ctx, outcome: End, item: officerCases.DescribedItem | null = null) =>
  page(c, <CaseLinkEnd view={c.var.view} outcome={outcome} item={item} />, {
    title: endTitle(outcome),
    bare: true,
  });
