/** Exports: the form, the files, and a single contact's card. */
import { z } from "zod";
import * as exports from "../db/exports.ts";
import { isId } from "../db/ids.ts";
import { type Scope, withScope } from "../db/scope.ts";
import { ExportPage } from "../views/exports.tsx";
import type { FormState } from "../views/ui/form.tsx";
import { idPart } from "./fields.ts";
import { may, scoped, signedIn } from "./guards.ts";
import { type Ctx, page, readForm, web } from "./web.tsx";

const Wanted = z.object({
  kind: z.enum(exports.kinds, "required"),
  format: z.enum(exports.formats, "required"),
  purpose: z.enum(exports.purposes, "required"),
}).refine(({ kind, format }) => exports.fits(kind, format), {
  path: ["format"],
  error: "exports.no_cards",
});

const blank: FormState = { values: { kind: "contacts", format: "csv" }, errors: {} };

export default web.createApp()
  .use(signedIn)
  .get("/", scoped, may("exports.run"), (c) => show(c, c.var.scope, blank))
  .post("/", may("exports.run"), async (c) => {
    const { session, services: { pool } } = c.var;
    if (!session?.tenantId || !session.userId) return c.redirect("/tenants", 303);
    const who = {
      tenantId: session.tenantId,
      actor: { kind: "user", userId: session.userId },
    } as const;
    const read = await readForm(c, Wanted);
    if (!read.ok) return await withScope(pool, who, (scope) => show(c, scope, read.form, 422));
    return file(c, exports.stream(pool, who, read.value), {
      name: exports.fileName(read.value),
      type: exports.contentTypes[read.value.format],
    });
  });

/** A contact's card, under the address of the contact: `/contacts/ID.vcf`. */
export const cards = web.createApp()
  .get(`/${idPart.slice(0, -1)}\\.vcf}`, signedIn, scoped, may("contacts.read"), async (c) => {
    const id = c.req.param("id")!.replace(/\.vcf$/, "");
    const card = await exports.contactVcard(c.var.scope, id);
    return file(c, card, { name: `kontakt-${id}.vcf`, type: exports.contentTypes.vcf });
  });

/** A download: never shown in the page, never kept by a cache. */
export function file(
  c: Ctx,
  body: ReadableStream<Uint8Array> | string,
  { name, type }: { name: string; type: string },
): Response {
  return c.body(body as string, 200, {
    "Content-Type": type,
    "Content-Disposition": `attachment; filename="${name}"`,
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
  });
}

async function show(
  c: Ctx,
  scope: Scope,
  form: FormState,
  status: 200 | 422 = 200,
): Promise<Response> {
  const { view } = c.var;
  const after = c.req.query("after") ?? "";
  const { exports: past, next } = await exports.list(scope, isId(after) ? after : null);
  return await page(
    c,
    <ExportPage
      view={view}
      form={form}
      exports={past}
      next={next}
      kinds={exports.kinds}
      formats={exports.formats}
      purposes={exports.purposes}
    />,
    { title: "exports.title", status },
  );
}
