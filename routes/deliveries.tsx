/**
 * Where a person fetches an answer: no log-in, for the link came by mail and the code by another. A
 * GET shows and changes nothing; what is gone and what never was look alike.
 */
import { z } from "zod";
import * as cases from "../db/cases.ts";
import * as controllers from "../db/controllers.ts";
import * as deliveries from "../db/deliveries.ts";
import type { Delivery } from "../db/deliveries.ts";
import * as downloads from "../db/delivery_downloads.ts";
import { enqueue } from "../db/jobs.ts";
import * as rateLimits from "../db/rate_limits.ts";
import { type Scope, system, withScope } from "../db/scope.ts";
import { DeliveryEnd, DeliveryPage } from "../views/deliveries.tsx";
import { translator } from "../views/i18n/translate.ts";
import { emptyForm, type FormState } from "../views/ui/form.tsx";
import { download } from "./downloads.ts";
import * as fields from "./fields.ts";
import { counted, unlisted } from "./link_pages.ts";
import { inScope } from "./own_scopes.ts";
import { counters, prefix } from "./sign_in.ts";
import { type Ctx, invalid, page, readForm, web } from "./web.tsx";

export default web.createApp()
  .use(counted(rateLimits.limits.deliveries), unlisted)
  .get(`/${fields.tokenPart}`, (c) => within(c, (scope, found) => show(c, scope, found, emptyForm)))
  .post(`/${fields.tokenPart}`, async (c) => {
    const read = await readForm(c, z.object({ code: fields.name(20) }));
    let drop = () => Promise.resolve();
    return await within(c, async (scope, found) => {
      if (!read.ok) return await show(c, scope, found, read.form, { status: 422 });
      const { config, pool } = c.var.services;
      const who = { tenantId: scope.tenantId, actor: system };
      const taken = await downloads.take(
        ...[scope, config, found.id, read.value.code] as const,
        (work) => withScope(pool, who, work),
      );
      if (!taken) {
        const form = invalid({ ...read.form, values: {} }, { code: "deliveries.code_wrong" });
        return await show(c, scope, found, form, { status: 422 });
      }
      drop = taken.drop;
      return download(c, taken.stream, { name: found.fileName, type: found.mediaType });
    }).catch(async (error) => {
      await drop();
      throw error;
    });
  })
  .post(`/${fields.tokenPart}/codes`, async (c) => {
    await rateLimits.count(counters(c), rateLimits.limits.requestCodes, prefix(c));
    return await within(c, async (scope, found) => {
      await rateLimits.count(counters(c), rateLimits.limits.requestCodes, found.id);
      await enqueue(scope.sql, "send_case_code", scope.tenantId, {
        caseId: found.caseId,
        deliveryId: found.id,
      });
      return await show(c, scope, found, emptyForm, { sent: true });
    });
  });

/** Runs in the Scope of the controller whose answer the link opens. */
async function within(
  c: Ctx,
  work: (scope: Scope, found: Delivery) => Promise<Response>,
): Promise<Response> {
  const { pool } = c.var.services;
  const route = await deliveries.route(pool, c.req.param("token")!);
  if (!route) return await end(c);
  return await inScope(c, { tenantId: route.tenantId, actor: system }, async (scope) => {
    const found = await deliveries.lookup(scope, route.id);
    if (!found || !deliveries.isLive(found, scope.now)) return await end(c);
    return await work(scope, found);
  });
}

async function show(
  c: Ctx,
  scope: Scope,
  found: Delivery,
  form: FormState,
  { status = 200, sent = false }: { status?: 200 | 422; sent?: boolean } = {},
): Promise<Response> {
  const request = await cases.find(scope, found.caseId);
  const controller = await controllers.find(scope);
  const { number } = request;
  // The page is in the language of the mail, which is that of the request.
  const locale = request.language === "de" ? "de" : "en";
  const view = { ...c.var.view, locale, t: translator(locale), path: pathOf(c) } as const;
  c.set("view", view);
  return await page(
    c,
    <DeliveryPage
      view={view}
      controller={controller.name}
      number={number}
      expiresAt={found.expiresAt}
      downloadsLeft={found.downloadsLeft}
      byMail={request.personEmail !== ""}
      sent={sent}
      form={form}
    />,
    { title: { text: c.var.view.t("deliveries.title_number", { number }) }, bare: true, status },
  );
}

const pathOf = (c: Ctx): string => c.req.path.replace(/\/codes$/, "");

const end = (c: Ctx) =>
  page(c, <DeliveryEnd view={c.var.view} />, { title: "deliveries.title", bare: true });
