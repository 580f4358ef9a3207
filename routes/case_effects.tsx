/** What staff do after a right was carried out: hand over an answer, end a restriction. */
import { z } from "zod";
import * as caseEvents from "../db/case_events.ts";
import * as caseItems from "../db/case_items.ts";
import * as cases from "../db/cases.ts";
import * as deliveries from "../db/deliveries.ts";
import * as deliveryCodes from "../db/delivery_codes.ts";
import { Invalid, NotFound } from "../db/errors.ts";
import * as restrictionEnds from "../db/restriction_ends.ts";
import * as restrictions from "../db/restrictions.ts";
import * as transmissions from "../db/transmissions.ts";
import type { Desk } from "../views/cases/desk.tsx";
import { DeliveryAccess } from "../views/cases/effects.tsx";
import type { FormState } from "../views/ui/form.tsx";
import { path } from "../views/path.ts";
import { actor } from "./case_corrections.tsx";
import { showCase } from "./case_pages.tsx";
import * as fields from "./fields.ts";
import { type Ctx, invalid, page, readForm, redirect, web } from "./web.tsx";

const End = z.object({ on: fields.day });

/** The actions below a desk's address; the pages they belong to check who may take them. */
export function effects(desk: Desk) {
  const back = (c: Ctx, { caseId, id }: { caseId: string; id: string }) =>
    redirect(c, desk.base + path`/${caseId}#item-${id}`, { kind: "ok", key: "cases.decided" });
  return web.createApp()
    .post(`/deliveries/${fields.idPart}/access`, async (c) => {
      const { scope, services: { config } } = c.var;
      const found = await deliveries.lookup(scope, c.req.param("id"));
      if (!found || !deliveries.isLive(found, scope.now)) throw new NotFound("delivery");
      const { id, caseId, itemId } = found;
      const token = await deliveries.renewToken(scope, id);
      const code = await deliveryCodes.issue(scope, config.secretKey, id);
      await caseEvents.append(scope, {
        caseId,
        itemId,
        action: "delivery_access",
        by: actor(c, desk),
      });
      const { number } = await cases.find(scope, caseId);
      const link = `${config.baseUrl}/deliveries/${token}`;
      c.header("Cache-Control", "no-store");
      const props = { view: c.var.view, desk, caseId, number, link, code };
      return await page(c, <DeliveryAccess {...props} />, { title: "cases.delivery_access_title" });
    })
    .post(`/recipients/${fields.idPart}/notice`, async (c) => {
      const { scope } = c.var;
      const told = await transmissions.markNotified(
        scope,
        c.req.param("id"),
        "hand",
        actor(c, desk),
      );
      return await back(c, { caseId: told.caseId, id: told.itemId });
    })
    .post(`/items/${fields.idPart}/recipients/letter`, async (c) => {
      const item = await caseItems.find(c.var.scope, c.req.param("id"));
      await transmissions.informPerson(c.var.scope, item, actor(c, desk));
      return await back(c, item);
    })
    .post(`/items/${fields.idPart}/restriction/end`, async (c) => {
      const item = await caseItems.find(c.var.scope, c.req.param("id"));
      const read = await readForm(c, End);
      const refused = (form: FormState) =>
        showCase(c, desk, item.caseId, { effectForm: { id: item.id, form } });
      if (!read.ok) return await refused(read.form);
      try {
        const end = { caseId: item.caseId, itemId: item.id, on: read.value.on };
        await restrictionEnds.announce(c.var.scope, end, actor(c, desk));
      } catch (error) {
        if (!(error instanceof Invalid)) throw error;
        const code = error.code === "case.end_soon" ? "cases.fault_end_soon" : "cases.fault_step";
        return await refused(invalid(read.form, { on: code }));
      }
      return await back(c, item);
    })
    .post(`/items/${fields.idPart}/restriction/removal`, async (c) => {
      const item = await caseItems.find(c.var.scope, c.req.param("id"));
      try {
        const what = { caseId: item.caseId, itemId: item.id };
        await restrictions.lift(c.var.scope, what, actor(c, desk));
      } catch (error) {
        if (!(error instanceof Invalid)) throw error;
        const form = { values: {}, errors: { lift: error.code } };
        return await showCase(c, desk, item.caseId, { effectForm: { id: item.id, form } });
      }
      return await back(c, item);
    });
}
