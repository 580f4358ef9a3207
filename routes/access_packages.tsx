/** The answer to a person's right of access, from the contact's page: preview, then one ZIP file. */
import { z } from "zod";
import { cover } from "../db/access_covers.ts";
import * as packages from "../db/access_packages.ts";
import type { AccessPackage } from "../db/access_packages.ts";
import { partsOf } from "../db/access_parts.ts";
import { archive } from "../db/archives.ts";
import { NotFound } from "../db/errors.ts";
import * as looks from "../db/looks.ts";
import * as redactions from "../db/redactions.ts";
import * as retentions from "../db/retentions.ts";
import { pdf } from "../db/typst.ts";
import { accessFileNames } from "../views/access_files.ts";
import { accessLetter } from "../views/access_letters.ts";
import { AccessPackagePage, shownFiles } from "../views/access_packages.tsx";
import { accessDocument } from "../views/documents.ts";
import { formatter } from "../views/format.ts";
import { translator } from "../views/i18n/translate.ts";
import type { FormState } from "../views/ui/form.tsx";
import { download } from "./downloads.ts";
import * as fields from "./fields.ts";
import { idPart } from "./fields.ts";
import { may, scoped, signedIn } from "./guards.ts";
import { lines } from "./records.ts";
import { type Ctx, page, readForm, web } from "./web.tsx";

const Wanted = z.object({
  language: z.enum(["de", "en"], "option"),
  // As many as are proposed, each as long as an address.
  words: lines(redactions.most * 256),
  files: z.preprocess((value) => [value ?? []].flat(), z.array(z.string()).max(shownFiles)),
});

/** The cursor of the list of people who have looked at it. */
const After = z.tuple([fields.day, z.uuid()]);

export default web.createApp()
  .use(`/${idPart}/access`, signedIn, scoped, may("access.answer"))
  .get(`/${idPart}/access`, async (c) => {
    const found = await read(c, c.var.view.locale);
    const words = await proposed(c, found);
    const [contact] = found.tables.find(({ table }) => table === "contacts")?.rows ?? [];
    return await show(c, found, {
      values: {
        language: contact?.language === "de" ? "de" : "en",
        words: words.slice(0, redactions.most).join("\n"),
        files: found.files.map(({ id }) => id),
      },
      errors: {},
    });
  })
  .post(`/${idPart}/access`, async (c) => {
    const form = await readForm(c, Wanted);
    const found = await read(c, form.ok ? form.value.language : c.var.view.locale);
    if (!form.ok) return await show(c, found, form.form, 422);
    const { language, words, files } = form.value;
    await packages.record(c.var.scope, found.person);
    // Those that the page has no room for were never left out by anybody.
    const offered = new Set(found.files.slice(0, shownFiles).map(({ id }) => id));
    const chosen = new Set(files);
    const more = (await proposed(c, found)).slice(redactions.most);
    const all = [...words.split("\n"), ...more];
    const covered = cover(found, all, (id) => offered.has(id) && !chosen.has(id));
    return download(c, packed(c, covered, language), {
      name: translator(language)("access.package_file", { id: c.req.param("id")! }),
      type: "application/zip",
    });
  });

const proposed = (c: Ctx, { person, tables }: AccessPackage) =>
  redactions.propose(c.var.scope, person, tables);

async function read(c: Ctx, language: "de" | "en"): Promise<AccessPackage> {
  const { scope, services: { config } } = c.var;
  const person = await packages.findPerson(scope, c.req.param("id")!);
  return await packages.read(scope, config, person, language);
}

/** Letter, data and files as one stream; it is never stored. */
function packed(
  c: Ctx,
  found: AccessPackage,
  locale: "de" | "en",
): ReadableStream<Uint8Array> {
  const { view: { now }, services: { config } } = c.var;
  const t = translator(locale);
  const view = { t, locale, now, format: formatter(locale, now) };
  const letter = pdf(accessDocument, accessLetter(view, found), { at: now });
  return archive(partsOf(config, found, letter, accessFileNames(t), now), now);
}

async function show(
  c: Ctx,
  found: AccessPackage,
  form: FormState,
  status: 200 | 422 = 200,
): Promise<Response> {
  const contactId = c.req.param("id")!;
  const [day, userId] = After.safeParse((c.req.query("seen") ?? "").split("_")).data ?? [];
  const seen = await looks.list(c.var.scope, contactId, day && userId ? { day, userId } : null);
  // In the trash no clock runs, and the person is answered all the same.
  const clock = await retentions.lookupClock(c.var.scope, "contact", contactId).catch((error) => {
    if (error instanceof NotFound) return null;
    throw error;
  });
  const props = { view: c.var.view, contactId, clock, found, seen, form };
  return await page(c, <AccessPackagePage {...props} />, { title: "access.title", status });
}
