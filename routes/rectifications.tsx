/** On the page of a case: what a right of rectification is to change, noted by staff or the officer. */
import { z } from "zod";
import * as caseItems from "../db/case_items.ts";
import { Invalid } from "../db/errors.ts";
import { isId } from "../db/ids.ts";
import * as rectifications from "../db/rectifications.ts";
import { isCustom } from "../db/rectification_customs.ts";
import { type Field, fields as known } from "../db/rectification_fields.ts";
import type { Desk } from "../views/cases/desk.tsx";
import { path } from "../views/path.ts";
import { lines } from "./case_forms.ts";
import { faultKey } from "./case_corrections.tsx";
import { showCase } from "./case_pages.tsx";
import * as fields from "./fields.ts";
import { type Ctx, invalid, readForm, redirect, web } from "./web.tsx";

const Change = z.object({
  id: z.string().refine(isId),
  /** Contact, field, and the value that stands there. */
  what: z.string().min(1).max(5_000).transform((text, context) => {
    const found = /^(\S{36}) (\S+) ([^]*)$/.exec(text);
    const named = found?.[2] ?? "";
    const field = isCustom(named) ? named : known.find((each) => each === named);
    if (found && field && isId(found[1]!)) {
      return { contactId: found[1]!, field: field as Field, from: found[3]! };
    }
    context.addIssue({ code: "custom", message: "option" });
    return z.NEVER;
  }),
  value: lines(4_000),
  proof: lines(500),
});

/** The forms; who may send them is asked by the pages that they are part of. */
export const rectificationForms = (desk: Desk) =>
  web.createApp()
    .post(`/items/${fields.idPart}/rectification`, async (c) => {
      const item = await caseItems.find(c.var.scope, c.req.param("id"));
      const read = await readForm(c, Change);
      const refused = (form: Parameters<typeof invalid>[0]) =>
        showCase(c, desk, item.caseId, { effectForm: { id: item.id, form } });
      if (!read.ok) return await refused(read.form);
      const { what, value, proof } = read.value;
      const id = fields.ownId(read.form);
      try {
        await rectifications.propose(c.var.scope, item, { id, ...what, to: value, proof });
      } catch (error) {
        if (!(error instanceof Invalid)) throw error;
        return await refused(invalid(read.form, { [error.field || "value"]: faultKey(error) }));
      }
      return await back(c, desk, item);
    })
    .post(`/items/${fields.idPart}/rectification/removal`, async (c) => {
      const item = await caseItems.find(c.var.scope, c.req.param("id"));
      const read = await readForm(c, z.object({ id: z.string().refine(isId) }));
      if (read.ok) await rectifications.withdraw(c.var.scope, item.id, read.value.id);
      return await back(c, desk, item);
    });

const back = (c: Ctx, desk: Desk, { id, caseId }: caseItems.CaseItem) =>
  redirect(c, desk.base + path`/${caseId}#item-${id}`, { kind: "ok", key: "cases.decided" });
