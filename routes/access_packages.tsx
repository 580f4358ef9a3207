/** The answer to a person's right of access, from the contact's page: preview, then one ZIP file, at once or by a job. */
import { z } from "zod";
import * as archives from "../db/access_archives.ts";
import { cover } from "../db/access_covers.ts";
import * as packages from "../db/access_packages.ts";
import type { AccessPackage } from "../db/access_packages.ts";
import { partsOf } from "../db/access_parts.ts";
import * as previews from "../db/access_previews.ts";
import { type AccessPreview, shownFiles } from "../db/access_previews.ts";
import { archive } from "../db/archives.ts";
import { NotFound } from "../db/errors.ts";
import * as looks from "../db/looks.ts";
import * as redactions from "../db/redactions.ts";
import * as retentions from "../db/retentions.ts";
import { pdf } from "../db/typst.ts";
import { accessFileNames } from "../views/access_files.ts";
import { accessLetter } from "../views/access_letters.ts";
import { AccessPackagePage } from "../views/access_packages.tsx";
import { accessDocument } from "../views/documents.ts";
import { formatter } from "../views/format.ts";
import { translator } from "../views/i18n/translate.ts";
import { path } from "../views/path.ts";
import type { FormState } from "../views/ui/form.tsx";
import { download } from "./downloads.ts";
import * as fields from "./fields.ts";
import { idPart } from "./fields.ts";
import { stored } from "./files.tsx";
import { may, scoped, signedIn } from "./guards.ts";
import { lines } from "./records.ts";
import { type Ctx, page, readForm, redirect, web } from "./web.tsx";

const Wanted = z.object({
  language: z.enum(["de", "en"], "option"),
  // As many as are proposed, each as long as an address.
  words: lines(redactions.most * 256),
  offered: lines(redactions.most * 256),
  _seen: z.string().max(100).optional().default(""),
  files: z.preprocess((value) => [value ?? []].flat(), z.array(z.string()).max(shownFiles)),
});

/** The cursor of the list of people who have looked at it. */
const After = z.tuple([fields.day, z.uuid()]);

export default web.createApp()
  .use(`/${idPart}/access`, signedIn, scoped, may("access.answer"))
  .get(`/${idPart}/access`, async (c) => {
    const preview = await look(c);
    return await show(c, preview, {
      values: {
        language: preview.contact.language === "de" ? "de" : "en",
        words: offeredWords(preview).join("\n"),
        files: preview.files.map(({ id }) => id),
      },
      errors: {},
    });
  })
  .post(`/${idPart}/access`, async (c) => {
    const form = await readForm(c, Wanted);
    const preview = await look(c);
    if (!form.ok) return await show(c, preview, form.form, 422);
    const { language, words, files, _seen } = form.value;
    // What has come since the page was made must not go out unseen.
    if (_seen !== preview.mark) return await show(c, preview, changed(preview, form.value), 422);
    const chosen = new Set(files);
    const leftOut = preview.files.filter(({ id }) => !chosen.has(id)).map(({ id }) => id);
    const typed = words.split("\n");
    if (!preview.found) return await begin(c, preview, { language, words: typed, leftOut });
    await packages.record(c.var.scope, preview.person);
    const { scope, services: { config } } = c.var;
    const found = language === "de"
      ? preview.found
      : await packages.read(scope, config, preview.person, language);
    const all = [...typed, ...preview.proposed.slice(redactions.most)];
    return download(c, packed(c, cover(found, all, (id) => leftOut.includes(id)), language), {
      name: translator(language)("access.package_file", { id: c.req.param("id")! }),
      type: "application/zip",
    });
  });

/** Large answers, once a job has made them. */
export const prepared = web.createApp()
  .get(`/${idPart}`, signedIn, scoped, may("access.answer"), async (c) => {
    const { scope } = c.var;
    const found = await archives.findFile(scope, c.req.param("id"));
    const { contactId, language, object, size } = found;
    const name = translator(language)("access.package_file", { id: contactId });
    const answer = await stored(c, object, { name, size, type: "application/zip" });
    if (answer.ok && c.req.method === "GET") await archives.noteHandedOut(scope, contactId);
    return answer;
  });

/** In German whatever the answer's language will be, so that the mark of it is the same. */
async function look(c: Ctx): Promise<AccessPreview> {
  const { scope, services: { config } } = c.var;
  const person = await packages.findPerson(scope, c.req.param("id")!);
  return await previews.look(scope, config, person, "de");
}

const offeredWords = ({ proposed }: AccessPreview) => proposed.slice(0, redactions.most);

/** The form again, with what is proposed only now besides what was typed. */
function changed(
  preview: AccessPreview,
  { language, words, offered, files }: z.output<typeof Wanted>,
): FormState {
  const known = new Set(offered.split("\n"));
  const unseen = offeredWords(preview).filter((word) => !known.has(word));
  const all = new Set([...unseen, ...words.split("\n").filter(Boolean)]);
  return {
    values: { language, words: [...all].join("\n"), files },
    errors: { words: "access.changed" },
  };
}

/** Has a job make the answer; whatever is proposed and was not shown is covered as well. */
async function begin(
  c: Ctx,
  preview: AccessPreview,
  choice: Pick<archives.Choice, "language" | "words" | "leftOut">,
): Promise<Response> {
  const contactId = c.req.param("id")!;
  await archives.create(c.var.scope, {
    ...choice,
    contactId,
    words: choice.words.filter(Boolean),
    offered: offeredWords(preview),
  });
  return await redirect(c, path`/contacts/${contactId}/access#archives`, {
    kind: "ok",
    key: "access.begun",
  });
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
  preview: AccessPreview,
  { values, errors }: FormState,
  status: 200 | 422 = 200,
): Promise<Response> {
  const { scope, view } = c.var;
  const contactId = c.req.param("id")!;
  const [day, userId] = After.safeParse((c.req.query("seen") ?? "").split("_")).data ?? [];
  const seen = await looks.list(scope, contactId, day && userId ? { day, userId } : null);
  // In the trash no clock runs, and the person is answered all the same.
  const clock = await retentions.lookupClock(scope, "contact", contactId).catch((error) => {
    if (error instanceof NotFound) return null;
    throw error;
  });
  const props = {
    ...{ view, contactId, clock, preview, seen },
    archives: await archives.list(scope, contactId),
    form: { values: { ...values, _seen: preview.mark }, errors },
    offered: offeredWords(preview),
  };
  return await page(c, <AccessPackagePage {...props} />, { title: "access.title", status });
}
