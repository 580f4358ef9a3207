/** On a case's page: transferring a person to another controller, by link or by sending. */
import { z } from "zod";
import * as caseItems from "../db/case_items.ts";
import { Invalid } from "../db/errors.ts";
import * as transfers from "../db/transfers.ts";
import type { Desk } from "../views/cases/desk.tsx";
import { TransferLink } from "../views/cases/transfers.tsx";
import { path } from "../views/path.ts";
import type { FormState } from "../views/ui/form.tsx";
import { actor, faultKey } from "./case_corrections.tsx";
import { showCase } from "./case_pages.tsx";
import * as fields from "./fields.ts";
import { type Ctx, invalid, page, readForm, redirect, web } from "./web.tsx";

const Link = z.object({ recipient: fields.name(200) });
const Push = z.object({ processorId: z.uuid("option"), url: z.string().trim().min(1).max(1_000) });

/** The forms; who may send them is asked by the pages that they are part of. */
export const transferForms = (desk: Desk) =>
  web.createApp()
    .post(`/items/${fields.idPart}/transfers/link`, async (c) => {
      const item = await caseItems.find(c.var.scope, c.req.param("id"));
      const read = await readForm(c, Link);
      if (!read.ok) return await refused(c, desk, item, read.form);
      const token = await tried(
        () => transfers.offer(c.var.scope, item, read.value.recipient, actor(c, desk)),
      );
      if (token instanceof Invalid) return await refused(c, desk, item, read.form, token);
      const link = `${c.var.services.config.baseUrl}/transfers/${token}`;
      c.header("Cache-Control", "no-store");
      const props = { view: c.var.view, desk, caseId: item.caseId, link };
      return await page(c, <TransferLink {...props} />, { title: "transfers.link_title" });
    })
    .post(`/items/${fields.idPart}/transfers/push`, async (c) => {
      const item = await caseItems.find(c.var.scope, c.req.param("id"));
      const read = await readForm(c, Push);
      if (!read.ok) return await refused(c, desk, item, read.form);
      const { config } = c.var.services;
      const fault = await tried(
        () => transfers.push(c.var.scope, config, item, read.value, actor(c, desk)),
      );
      if (fault instanceof Invalid) return await refused(c, desk, item, read.form, fault);
      const to = desk.base + path`/${item.caseId}#item-${item.id}`;
      return await redirect(c, to, { kind: "ok", key: "transfers.ordered" });
    });

async function tried<T>(work: () => Promise<T>): Promise<T | Invalid> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Invalid) return error;
    throw error;
  }
}

async function refused(
  c: Ctx,
  desk: Desk,
  { id, caseId }: caseItems.CaseItem,
  form: FormState,
  fault?: Invalid,
): Promise<Response> {
  const first = "recipient" in form.values ? "recipient" : "url";
  const name = fault && (fault.field in form.values ? fault.field : first);
  const shown = fault ? invalid(form, { [name!]: faultKey(fault) }) : form;
  return await showCase(c, desk, caseId, { effectForm: { id, form: shown } });
}
