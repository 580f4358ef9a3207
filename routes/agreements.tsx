/** The data processing agreement of a tenant: read, accepted by an owner, as PDF/A. */
import { z } from "zod";
import { listProcessors } from "../db/policies/facts.ts";
import { groups, inGroup } from "../db/measures.ts";
import * as agreements from "../db/processing_agreements.ts";
import type { Part, Substance } from "../db/processing_agreements.ts";
import * as records from "../db/processing_records.ts";
import * as providers from "../db/provider.ts";
import { pdf } from "../db/typst.ts";
import { AgreementPage, composeAgreement } from "../views/agreements.tsx";
import { partsDocument } from "../views/documents.ts";
import type { FormState } from "../views/ui/form.tsx";
import { download } from "./downloads.ts";
import * as fields from "./fields.ts";
import { may, scoped, signedIn } from "./guards.ts";
import { type Ctx, invalid, page, readForm, redirect, web } from "./web.tsx";

/** With the digest of the text that was read, where a page of ours sends it. */
const Acceptance = z.object({ name: fields.name(), sha256: z.string().optional() });

export default web.createApp()
  .use(signedIn, scoped)
  .get("/agreement", may("settings.manage"), (c) => show(c, blank(c)))
  .post("/agreement", may("agreements.accept"), async (c) => {
    const read = await readForm(c, Acceptance);
    if (!read.ok) return await show(c, read.form, 422);
    const { content, substance } = await text(c);
    const { sha256 = agreements.digestOf(content) } = read.value;
    if (sha256 !== agreements.digestOf(content)) {
      return await show(c, invalid(read.form, { "": "agreements.changed_since" }), 422);
    }
    await agreements.accept(c.var.scope, content, substance, read.value.name);
    return await redirect(c, "/settings/agreement", { kind: "ok", key: "agreements.accepted" });
  })
  .get("/agreement.pdf", may("settings.manage"), async (c) => {
    const { view, scope, session } = c.var;
    const accepted = await agreements.lookup(scope);
    const content = accepted?.content ?? (await text(c)).content;
    const title = view.t("agreements.title");
    const sub = accepted
      ? view.t("agreements.accepted_by", {
        date: view.format.dateTime(accepted.acceptedAt),
        name: accepted.acceptedByName,
      })
      : view.t("agreements.not_accepted");
    const bytes = pdf(partsDocument, {
      title,
      author: "",
      lang: "de",
      sub,
      footer: `${session!.tenantName} · SHA-256 ${agreements.digestOf(content).slice(0, 16)}`,
      parts: content,
    }, { at: accepted?.acceptedAt ?? view.now });
    return download(c, bytes, { name: "auftragsverarbeitung.pdf", type: "application/pdf" });
  });

/**
 * The text is a contract under German law: one language for all, whatever the pages speak. With a
 * translation for those whose pages speak another one.
 */
async function text(
  c: Ctx,
): Promise<{ content: Part[]; substance: Substance; translation: Part[] | null }> {
  const { scope: { sql }, session, view: { locale } } = c.var;
  const provider = await providers.lookup(sql);
  const source = {
    provider: provider ? providers.nameOf(provider) : "",
    tenant: session!.tenantName!,
    activities: records.list("processor"),
    measures: groups.flatMap((group) => inGroup(group).map((name) => ({ group, name }))),
    processors: (await listProcessors(sql)).filter(({ active }) => active),
  };
  const substance = agreements.substanceOf(source.provider, source.tenant);
  return {
    content: composeAgreement(source, "de"),
    substance,
    translation: locale === "de" ? null : composeAgreement(source, locale),
  };
}

const blank = (c: Ctx): FormState => ({ values: { name: c.var.session!.name }, errors: {} });

async function show(c: Ctx, form: FormState, status: 200 | 422 = 200): Promise<Response> {
  const { view, scope } = c.var;
  const [{ content, substance, translation }, accepted] = await Promise.all([
    text(c),
    agreements.lookup(scope),
  ]);
  const sha256 = agreements.digestOf(content);
  return await page(
    c,
    <AgreementPage
      view={view}
      content={content}
      translation={translation}
      accepted={accepted}
      isSameText={accepted?.sha256 === sha256}
      outdatedBy={accepted ? agreements.outdatedBy(accepted, substance, content) : []}
      form={{ ...form, values: { ...form.values, sha256 } }}
    />,
    { title: "agreements.title", status },
  );
}
