/** Letters from a contact, a company or a deal: written, previewed, downloaded or filed with it. */
import { z } from "zod";
import * as dataKeys from "../db/data_keys.ts";
import * as dealContacts from "../db/deal_contacts.ts";
import { Invalid, NotFound } from "../db/errors.ts";
import * as intake from "../db/file_intake.ts";
import { cleanName } from "../db/file_names.ts";
import * as files from "../db/files.ts";
import { formId, isId } from "../db/ids.ts";
import { fill } from "../db/letter_fields.ts";
import * as letterheads from "../db/letterheads.ts";
import * as templates from "../db/letter_templates.ts";
import * as postalKeys from "../db/postal_keys.ts";
import type { Kind } from "../db/record_kinds.ts";
import * as suppressions from "../db/suppressions.ts";
import { pdf } from "../db/typst.ts";
import * as documents from "../db/word_documents.ts";
import { plainLetter } from "../views/business_documents.ts";
import { fullName } from "../views/contacts/names.ts";
import { formatter } from "../views/format.ts";
import { translator } from "../views/i18n/translate.ts";
import { filesOf, paperOf } from "../views/letters/paper.ts";
import { LetterForm } from "../views/letters/form.tsx";
import type { FormState } from "../views/ui/form.tsx";
import { download } from "./downloads.ts";
import { ownId } from "./fields.ts";
import { pathOf } from "./files.tsx";
import { may, scoped, signedIn, whoIs } from "./guards.ts";
import { languageOf, recipientOf, type Subjects, subjectsOf, valuesOf } from "./letter_values.ts";
import { documentType } from "./letter_templates.tsx";
import { inScope } from "./own_scopes.ts";
import { letterBody, lines, maybe } from "./records.ts";
import { type Ctx, invalid, page, readForm, redirect, web } from "./web.tsx";

const kinds = ["contact", "company", "deal"] as const;

/** The record that a letter is written from. */
interface Home {
  kind: Kind;
  id: string;
}

const Input = z.object({
  id: z.string().optional(),
  template: z.string().optional().transform((id) => id && isId(id) ? id : null),
  language: z.enum(["de", "en"], "option").optional().default("de"),
  recipient: lines(1_000),
  subject: maybe(200),
  body: letterBody,
  _next: z.enum(["preview", "download", "keep", "template"]).catch("preview"),
});

export default web.createApp()
  .get("/new", signedIn, scoped, may("files.write"), async (c) => {
    const home = homeOf(c);
    const asked = c.req.query("template") ?? "";
    const template = isId(asked) ? await templates.find(c.var.scope, asked) : null;
    const subjects = await subjectsAt(c, home);
    return await show(c, { home, subjects }, await begun(c, subjects, template), template);
  })
  .post("/new", signedIn, may("files.write"), write);

/** The record that the address names; throws NotFound. */
function homeOf(c: Ctx): Home {
  for (const kind of kinds) {
    const id = c.req.query(kind);
    if (id && isId(id)) return { kind, id };
  }
  throw new NotFound("record");
}

/** Who and what a letter is about; from a deal it goes to the first of its people, as offers do. */
async function subjectsAt(c: Ctx, { kind, id }: Home): Promise<Subjects> {
  if (kind !== "deal") return await subjectsOf(c, { [`${kind}Id`]: id });
  const [person] = await dealContacts.list(c.var.scope, id);
  return await subjectsOf(c, { dealId: id, contactId: person?.id });
}

/** A new letter: the template filled in, or salutation and name alone. */
async function begun(
  c: Ctx,
  subjects: Subjects,
  template: templates.Template | null,
): Promise<FormState> {
  const language = template?.language ?? languageOf(subjects, c.var.view.locale);
  const values = await valuesOf(c, subjects, language);
  const t = translator(language);
  return {
    values: {
      id: formId(),
      template: template?.id ?? "",
      language,
      recipient: recipientOf(c, subjects, language),
      subject: template ? fill(template.subject, values) : "",
      body: template
        ? fill(template.body, values)
        : t("letters.begin", { salutation: values.salutation, name: values.my_name }),
    },
    errors: {},
  };
}

interface Written {
  bytes: Uint8Array<ArrayBuffer>;
  name: string;
  type: string;
}

async function write(c: Ctx): Promise<Response> {
  const { session, services: { config } } = c.var;
  const who = session && whoIs(session);
  if (!who) return c.redirect("/tenants", 303);
  const { tenantId } = who;
  const home = homeOf(c);
  const read = await readForm(c, Input);
  const made = await inScope(c, who, async (scope) => {
    const subjects = await subjectsAt(c, home);
    const from = { home, subjects };
    if (!read.ok) return await show(c, from, read.form, null, 422);
    const { value } = read;
    const template = value.template ? await templates.lookup(scope, value.template) : null;
    if (value.template && !template) {
      // Thrown away while somebody wrote: what was written stays.
      return await show(c, from, invalid(read.form, { template: "option" }), null, 422);
    }
    if (value._next === "template") {
      return await show(c, from, await begun(c, subjects, template), template);
    }
    const faults: Record<string, string> = {};
    if (!template?.documentName && value.subject === "") faults.subject = "required";
    if (!template?.documentName && value.body === "") faults.body = "required";
    if (Object.keys(faults).length > 0) {
      return await show(c, from, invalid(read.form, faults), template, 422);
    }
    try {
      const written = template?.documentName
        ? await documentOf(c, subjects, template)
        : letterOf(value, await letterheads.find(scope), c.var.view.now);
      return { written, dataKeyId: await dataKeys.current(scope, config) };
    } catch (error) {
      if (!(error instanceof Invalid)) throw error;
      const form = invalid(read.form, { [error.field]: error.code });
      return await show(c, from, form, template, 422);
    }
  });
  if (made instanceof Response) return made;
  if (!read.ok) throw new TypeError("refused forms are answered before");
  const { written, dataKeyId } = made;
  if (read.value._next !== "keep") return given(c, written, read.value._next);
  // Bytes go into the storage while no transaction is open.
  const bytes = ReadableStream.from([written.bytes]);
  const whose = { tenantId, dataKeyId };
  const taken = await intake.receive(config, whose, written.name, bytes).catch(intake.refusalOf);
  if (typeof taken === "string") {
    const form = invalid(read.form, { "": `files.${taken}` });
    return await inScope(c, who, async (scope) => {
      const { template: id } = read.value;
      const template = id ? await templates.lookup(scope, id) : null;
      const from = { home, subjects: await subjectsAt(c, home) };
      return await show(c, from, form, template, 422);
    });
  }
  let kept = false;
  try {
    const id = ownId(read.form);
    kept = await inScope(c, who, (scope) => files.create(scope, id, home, taken));
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    return await redirect(c, pathOf(home), { kind: "error", key: "files.quota_full" });
  } finally {
    if (!kept) await intake.discard(config, tenantId, taken);
  }
  return await redirect(c, `${pathOf(home)}#files`, { kind: "ok", key: "letters.kept" });
}

async function documentOf(
  c: Ctx,
  subjects: Subjects,
  template: templates.Template,
): Promise<Written> {
  const bytes = await templates.documentOf(c.var.scope, template.id);
  return {
    bytes: await documents.fill(bytes, await valuesOf(c, subjects, template.language)),
    name: cleanName(`${template.name}.docx`),
    type: documentType,
  };
}

/** The letter on the tenant's letterhead. */
function letterOf(
  { language, recipient, subject, body }: z.output<typeof Input>,
  letterhead: letterheads.Letterhead,
  now: Date,
): Written {
  const facts = [[translator(language)("offers.date"), formatter(language, now).date(now)]];
  const text = { lang: language, title: subject, recipient, facts, body };
  const bytes = pdf(plainLetter, { ...paperOf(letterhead), ...text }, {
    at: now,
    files: filesOf(letterhead),
  });
  return { bytes, name: cleanName(`${subject}.pdf`), type: "application/pdf" };
}

function given(c: Ctx, { bytes, name, type }: Written, next: "preview" | "download" | "template") {
  const inline = next === "preview" && type === "application/pdf";
  return download(c, bytes, { name, type, inline });
}

/** Whether a person objects to post, or did under this name at this address on an earlier record. */
async function objects(c: Ctx, contact: Subjects["contact"]): Promise<boolean> {
  if (!contact) return false;
  if (contact.objections.some(({ channel }) => channel === "all" || channel === "post")) {
    return true;
  }
  const { scope, services: { config } } = c.var;
  if (!await suppressions.exist(scope)) return false;
  const hashes = suppressions.hasherOfAll(config.secretKey, scope.tenantId);
  const keys = (await postalKeys.ofContacts(scope, [contact.id])).map(({ key }) => key);
  return (await suppressions.among(scope, hashes, keys, "post")).size > 0;
}

async function show(
  c: Ctx,
  { home, subjects: { contact, company, deal } }: { home: Home; subjects: Subjects },
  form: FormState,
  template: templates.Template | null,
  status: 200 | 422 = 200,
): Promise<Response> {
  const { scope, view } = c.var;
  const names = {
    contact: contact && fullName(contact),
    company: company?.name,
    deal: deal?.title,
  };
  const props = {
    view,
    form,
    template,
    templates: await templates.list(scope),
    back: pathOf(home),
    record: { ...home, name: names[home.kind] ?? "" },
    objected: await objects(c, contact),
  };
  return await page(c, <LetterForm {...props} />, { title: "letters.new", status });
}
