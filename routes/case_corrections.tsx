/** On a case's page: misread rights, cases of the same person, letters that claim nothing. */
import { z } from "zod";
import * as caseCorrections from "../db/case_corrections.ts";
import type { Party } from "../db/case_events.ts";
import * as caseFiles from "../db/case_files.ts";
import * as caseItems from "../db/case_items.ts";
import * as cases from "../db/cases.ts";
import { Invalid } from "../db/errors.ts";
import { rights } from "../db/letters/rules.ts";
import type { Desk } from "../views/cases/desk.tsx";
import { path } from "../views/path.ts";
import { Correction, lines } from "./case_forms.ts";
import { showCase } from "./case_pages.tsx";
import * as fields from "./fields.ts";
import { type Ctx, invalid, readForm, redirect, web } from "./web.tsx";

const RightInput = z.object({ right: z.enum(rights, "required") });
const Linked = z.object({ number: fields.line(20) });
const Dismissal = z.object({ reason: lines(2_000).pipe(z.string().min(1, "required")) });

/** Who acts, as the steps name them. */
export const actor = (c: Ctx, desk: Desk): Party =>
  desk.base === "/operator/requests"
    ? { kind: "operator", id: c.var.session!.identityId }
    : { kind: "user", id: c.var.session!.userId };

/** The words for a fault of a case. */
export function faultKey({ code }: Invalid): string {
  const [noun, name] = code.split(".");
  return noun === "case" ? `cases.fault_${name}` : code;
}

/** The forms; who may send them is asked by the pages that they are part of. */
export const corrections = (desk: Desk) =>
  web.createApp()
    .post(`/${fields.idPart}/items`, async (c) => {
      const { id } = await cases.find(c.var.scope, c.req.param("id"));
      const read = await readForm(c, RightInput);
      if (!read.ok) return await back(c, desk, id);
      return await tried(
        c,
        desk,
        id,
        () => caseCorrections.add(c.var.scope, id, read.value.right, actor(c, desk)),
      );
    })
    .post(`/items/${fields.idPart}/correction`, async (c) => {
      const { id, caseId } = await caseItems.find(c.var.scope, c.req.param("id"));
      const read = await readForm(c, Correction);
      const right = read.ok ? read.value.right : "";
      return await tried(c, desk, caseId, () =>
        right === ""
          ? caseCorrections.drop(c.var.scope, id, actor(c, desk))
          : caseCorrections.replace(c.var.scope, id, right, actor(c, desk)));
    })
    .post(`/${fields.idPart}/duplicate`, async (c) => {
      const { id } = await cases.find(c.var.scope, c.req.param("id"));
      const read = await readForm(c, Linked);
      if (!read.ok) {
        return await showCase(c, desk, id, { linkForm: read.form });
      }
      try {
        await caseCorrections.link(c.var.scope, id, read.value.number, actor(c, desk));
      } catch (error) {
        if (!(error instanceof Invalid)) {
          throw error;
        }
        const linkForm = invalid(read.form, { number: faultKey(error) });
        return await showCase(c, desk, id, { linkForm });
      }
      return await back(c, desk, id);
    })
    .post(`/${fields.idPart}/dismissal`, async (c) => {
      const { id } = await cases.find(c.var.scope, c.req.param("id"));
      const read = await readForm(c, Dismissal);
      if (!read.ok) {
        return await showCase(c, desk, id, { dismissForm: read.form });
      }
      return await tried(
        c,
        desk,
        id,
        () =>
          caseCorrections.dismiss(c.var.scope, id, read.value.reason, actor(c, desk)),
      );
    })
    .post(`/files/${fields.idPart}/removal`, async (c) => {
      const caseId = await caseFiles.remove(c.var.scope, c.req.param("id"), actor(c, desk));
      return await back(c, desk, caseId);
    });

const back = (c: Ctx, desk: Desk, id: string) => redirect(c, desk.base + path`/${id}`);

/** Does it and goes back to the case; what is not possible is said there. */
async function tried(
  c: Ctx,
  desk: Desk,
  id: string,
  work: () => Promise<void>,
): Promise<Response> {
  const to = desk.base + path`/${id}`;
  try {
    await work();
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    return await redirect(c, to, { kind: "error", key: faultKey(error) as never });
  }
  return await redirect(c, to, { kind: "ok", key: "cases.decided" });
}
