/** What is blacked out in an answer because it concerns others, chosen on the case before approval. */
import { z } from "zod";
import * as caseItems from "../db/case_items.ts";
import * as caseRedactions from "../db/case_redactions.ts";
import * as cases from "../db/cases.ts";
import { Invalid } from "../db/errors.ts";
import { isId } from "../db/ids.ts";
import type { Desk } from "../views/cases/desk.tsx";
import { RedactionsPage, redactionValues } from "../views/cases/redactions.tsx";
import type { FormState } from "../views/ui/form.tsx";
import { path } from "../views/path.ts";
import { actor, faultKey } from "./case_corrections.tsx";
import { lines } from "./case_forms.ts";
import * as fields from "./fields.ts";
import { type Ctx, invalid, page, readForm, redirect, web } from "./web.tsx";

const ticked = z.union([z.string(), z.array(z.string())]).optional()
  .transform((value) => [value ?? []].flat());
const wordList = (
  text: string,
) => [...new Set(text.split("\n").map((word) => word.trim()).filter((word) => word.length > 1))];

/** What is ticked and typed; `offered` is what the page had shown. */
export const RedactionInput = z.object({
  words: ticked.pipe(z.array(z.string().max(500)).max(caseRedactions.shown.words)),
  more: lines(5_000),
  offered: z.string().max(300_000).optional().default(""),
  seen: z.string().max(100).optional().default(""),
  leftOut: ticked.pipe(z.array(z.string().refine(isId)).max(caseRedactions.shown.files)),
}).transform(({ words, more, offered, seen, leftOut }) => ({
  words: [...new Set([...words.map((word) => word.trim()), ...wordList(more)])].filter(Boolean),
  offered: wordList(offered.replaceAll("\r", "")),
  seen,
  leftOut,
}));

/**
 * The form again, with what is proposed by now, if something has come or changed since its page was
 * made: that must not go out unseen. Null if nothing has.
 */
export function changedSince(
  preview: caseRedactions.Preview | null,
  { offered, seen }: z.output<typeof RedactionInput>,
  { values, errors }: FormState,
): FormState | null {
  if (!preview || preview.mark === seen) return null;
  const known = new Set(offered);
  const unseen = preview.words.filter(({ word, covered }) => covered && !known.has(word));
  const words = [values.words ?? []].flat().concat(unseen.map(({ word }) => word));
  return { values: { ...values, words }, errors: { ...errors, words: "access.changed" } };
}

/** The page under a desk's address; who may open it is asked by the pages that it is part of. */
export const redactionPages = (desk: Desk) =>
  web.createApp()
    .get(`/items/${fields.idPart}/redactions`, (c) => show(c, desk))
    .post(`/items/${fields.idPart}/redactions`, async (c) => {
      const item = await caseItems.find(c.var.scope, c.req.param("id"));
      const read = await readForm(c, RedactionInput);
      if (!read.ok) return await show(c, desk, read.form);
      const { scope, services: { config } } = c.var;
      const preview = await caseRedactions.preview(scope, config, item);
      const changed = changedSince(preview, read.value, read.form);
      if (changed) return await show(c, desk, changed);
      try {
        await caseRedactions.choose(scope, item, read.value, actor(c, desk));
      } catch (error) {
        if (!(error instanceof Invalid)) throw error;
        return await show(c, desk, invalid(read.form, { words: faultKey(error) }));
      }
      const to = desk.base + path`/${item.caseId}#item-${item.id}`;
      return await redirect(c, to, { kind: "ok", key: "redactions.saved" });
    });

async function show(c: Ctx, desk: Desk, form?: FormState): Promise<Response> {
  const { scope, view, services: { config } } = c.var;
  const item = await caseItems.find(scope, c.req.param("id")!);
  const found = await cases.find(scope, item.caseId);
  const preview = await caseRedactions.preview(scope, config, item);
  const values = preview ? redactionValues(preview) : {};
  const props = { view, desk, found, preview, form: form ?? { values, errors: {} } };
  return await page(c, <RedactionsPage {...props} />, {
    title: "redactions.title",
    status: form ? 422 : 200,
  });
}
