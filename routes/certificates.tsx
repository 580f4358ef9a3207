/** Certificates of erasure: anybody can check one; people who handle requests download theirs. */
import { z } from "zod";
import { check, mostBytes } from "../db/certificate_checks.ts";
import * as certificates from "../db/certificates.ts";
import * as rateLimits from "../db/rate_limits.ts";
import { publicKeys } from "../db/signing_keys.ts";
import { pdf } from "../db/typst.ts";
import { CertificateCheckPage } from "../views/certificates.tsx";
import { certificateDocument } from "../views/documents.ts";
import { certificateData } from "../views/mail/certificates.ts";
import { emptyForm, type FormState } from "../views/ui/form.tsx";
import { download } from "./downloads.ts";
import { idPart } from "./fields.ts";
import { may, operator, providerScoped, scoped, signedIn } from "./guards.ts";
import { counted, unstored } from "./link_pages.ts";
import { type Ctx, invalid, page, readForm, web } from "./web.tsx";

/** The public page; nothing that is checked on it is kept. */
export default web.createApp()
  .use(unstored)
  .get("/verification", (c) => show(c, emptyForm))
  .post("/verification", counted(rateLimits.limits.links), async (c) => {
    const read = await readForm(c, z.object({ text: z.string().optional() }));
    const { file } = await c.req.parseBody({ all: true });
    const chosen = file instanceof File && file.size > 0;
    const source = chosen && file.size <= mostBytes ? await file.text() : textOf(read.form);
    if (source.trim() === "" && !chosen) {
      return await show(c, invalid(read.form, { text: "required" }));
    }
    const keys = await keysOf(c);
    const tooLong = source.length > mostBytes || (chosen && file.size > mostBytes);
    const found = tooLong
      ? { genuine: false, fault: "unreadable" } as const
      : await check(source, keys);
    return await show(c, read.form, found);
  });

const textOf = ({ values: { text } }: FormState): string =>
  (Array.isArray(text) ? text.at(-1) : text) ?? "";

const keysOf = (c: Ctx) => publicKeys(c.var.services.config.secretKey);

async function show(
  c: Ctx,
  form: FormState,
  found: Awaited<ReturnType<typeof check>> | null = null,
) {
  const keysUrl = `${c.var.services.config.baseUrl}/.well-known/jwks.json`;
  const failed = Object.keys(form.errors).length > 0 || found?.genuine === false;
  const known = (await keysOf(c)).map(({ x }) => x!);
  const props = { view: c.var.view, form, found, keysUrl, known };
  return await page(
    c,
    <CertificateCheckPage {...props} />,
    { title: "certificates.title", bare: !c.var.view.user, wide: true, status: failed ? 422 : 200 },
  );
}

/** A tenant's. */
export const tenantCertificates = downloads(
  web.createApp().use(signedIn, scoped, may("requests.manage")),
);
/** The provider's, and those of tenants that are gone. */
export const providerCertificates = downloads(
  web.createApp().use(signedIn, operator, providerScoped),
);

function downloads(routes: ReturnType<typeof web.createApp>) {
  return routes
    .get(`/${idPart.replace(/}$/, "\\.json}")}`, async (c) => {
      const found = await find(c);
      const text = JSON.stringify(found, null, 2);
      return download(c, text, { name: nameOf(found, "json"), type: "application/json" });
    })
    .get(`/${idPart.replace(/}$/, "\\.pdf}")}`, async (c) => {
      const found = await find(c);
      const { locale } = c.var.view;
      const data = certificateData(locale, found, c.var.services.config.baseUrl);
      const bytes = pdf(certificateDocument, data, { at: new Date(found.certificate.issuedAt) });
      return download(c, bytes, { name: nameOf(found, "pdf"), type: "application/pdf" });
    });
}

const find = (c: Ctx) =>
  certificates.find(c.var.scope, c.var.services.config.secretKey, c.req.param("id")!.slice(0, 36));

const nameOf = ({ certificate }: certificates.Certificate, ending: string) =>
  `${certificate.reference}-${certificate.id}.${ending}`;
