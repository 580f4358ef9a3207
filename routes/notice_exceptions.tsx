/** Why a contact need not be informed (Art. 14(5) GDPR): its form, and taking it back. */
import { z } from "zod";
import * as contacts from "../db/contacts.ts";
import * as exceptions from "../db/notice_exceptions.ts";
import { ExceptionPage } from "../views/contacts/notice_exceptions.tsx";
import { path } from "../views/path.ts";
import { emptyForm, type FormState } from "../views/ui/form.tsx";
import * as fields from "./fields.ts";
import { may, scoped, signedIn } from "./guards.ts";
import { withinList } from "./list_ways.ts";
import { type Ctx, faultOf, invalid, page, readForm, redirect, web } from "./web.tsx";

const Exception = z.object({
  ground: z.enum(exceptions.grounds, "option"),
  reason: fields.name(500),
});

/** The same two fields as parts of a form that may lack them. */
export const exceptionParts = {
  ground: z.enum(exceptions.grounds, "option").optional(),
  reason: fields.line(500).optional(),
};

/** The exception as a bulk change stores it, or what is missing. */
export function exceptionOf(
  { kind, ...given }: { kind: string; ground?: unknown; reason?: unknown },
): { value: string; faults?: undefined } | { value?: undefined; faults: Record<string, string> } {
  const read = Exception.safeParse(given);
  if (kind !== "contact") return { faults: { "": "option" } };
  if (read.success) return { value: exceptions.valueOf(read.data) };
  const missing = read.error.issues.map(({ path: [name], message }) => [
    String(name),
    name === "ground" ? message : "required",
  ]);
  return { faults: Object.fromEntries(missing) };
}

const way = `/${fields.idPart}/notice-exception`;

export default web.createApp()
  .get(way, signedIn, scoped, may("contacts.write"), (c) => show(c, emptyForm))
  .post(way, signedIn, scoped, may("contacts.write"), async (c) => {
    const id = c.req.param("id");
    const read = await readForm(c, Exception);
    if (!read.ok) return await show(c, read.form, 422);
    const faults = await faultOf(exceptions.create(c.var.scope, id, read.value));
    if (faults) return await show(c, invalid(read.form, faults), 422);
    return await back(c, id, "contacts.exception_saved");
  })
  .post(`${way}/withdrawal`, signedIn, scoped, may("contacts.write"), async (c) => {
    const id = c.req.param("id");
    await exceptions.withdraw(c.var.scope, id);
    return await back(c, id, "contacts.exception_withdrawn");
  });

const back = (
  c: Ctx,
  id: string,
  key: "contacts.exception_saved" | "contacts.exception_withdrawn",
) => redirect(c, withinList(c, path`/contacts/${id}`), { kind: "ok", key });

async function show(c: Ctx, form: FormState, status: 200 | 422 = 200): Promise<Response> {
  const contact = await contacts.find(c.var.scope, c.req.param("id")!);
  const { view } = c.var;
  return await page(c, <ExceptionPage {...{ view, contact, form }} />, {
    title: "contacts.notice_exception",
    status,
  });
}
