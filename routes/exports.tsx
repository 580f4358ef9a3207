/** Exports: the form, the files, and a single contact's card. */
import { z } from "zod";
import * as exports from "../db/exports.ts";
import { isId } from "../db/ids.ts";
import { kinds, tables } from "../db/record_kinds.ts";
import type { Scope } from "../db/scope.ts";
import * as selections from "../db/selections.ts";
import type { Selection } from "../db/selections.ts";
import { ExportPage } from "../views/exports.tsx";
import { active } from "../views/records/lists.tsx";
import type { FormState } from "../views/ui/form.tsx";
import { parametersOf } from "./addresses.ts";
import { download } from "./downloads.ts";
import * as fields from "./fields.ts";
import { idPart } from "./fields.ts";
import { askFirst, isConfirmed } from "./confirmed.tsx";
import { may, scoped, signedIn, whoIs } from "./guards.ts";
import { askedBy, chosen, selectionOf } from "./lists.ts";
import { inScope } from "./own_scopes.ts";
import { type Ctx, page, readForm, web } from "./web.tsx";

const Chosen = z.object({
  kind: z.enum(exports.kinds, "required"),
  ...chosen,
  // Ticks that mean nothing are not the same as none: they take nothing out.
  ids: z.unknown().optional().transform((value) => {
    if (value === undefined) return null;
    return chosen.ids.safeParse(value).data ?? [];
  }),
});

const Wanted = Chosen.extend({
  format: z.enum(exports.formats, "required"),
  purpose: z.enum(exports.purposes, "required"),
  recipient: z.string().optional().default("").pipe(fields.line(200)),
  recipientEmail: z.union([z.literal(""), fields.email]).optional().default(""),
}).refine(({ kind, format }) => exports.fits(kind, format), {
  path: ["format"],
  error: "exports.no_cards",
});

/** How long an export waits for a copy of the database to have all that stands now. */
const copyWithinMs = 2_000;

/** What a page counts of a selection. */
const countable = 100_000;

/** More records than this, in one file or over a day, make an export as sensitive as one of everything. */
const weighty = 1_000;

export default web.createApp()
  .use(signedIn)
  .get("/", scoped, may("exports.run"), (c) => {
    const parameters = parametersOf(c);
    const asked = exports.kinds.find((kind) => kind === parameters.get("kind"));
    const values: FormState["values"] = { kind: asked ?? "contacts", format: "xlsx" };
    for (const name of ["list", "all"]) values[name] = parameters.get(name) ?? "";
    if (parameters.has("ids")) values.ids = parameters.getAll("ids");
    return show(c, c.var.scope, { values, errors: {} });
  })
  .post("/", may("exports.run"), async (c) => {
    const { session, services: { pool, config } } = c.var;
    const who = session && whoIs(session);
    if (!who) return c.redirect("/tenants", 303);
    const read = await readForm(c, Wanted);
    if (!read.ok) return await inScope(c, who, (scope) => show(c, scope, read.form, 422));
    const { kind, format, purpose, recipient, recipientEmail } = read.value;
    const wanted = {
      kind,
      format,
      purpose,
      selection: selectionFrom(read.value),
      recipient: { name: recipient || recipientEmail, email: recipientEmail },
      secretKey: config.secretKey,
    };
    // An export of everything must not be possible with an open session alone (ASVS 7.5.3).
    const id = isConfirmed(c)
      ? null
      : await inScope(c, who, async (scope) =>
        await weighs(scope, read.value) ? null : await exports.begin(scope, wanted));
    const first = id === null && await askFirst(c);
    if (first) return first;
    const copy = await c.var.services.replica?.caughtUp(copyWithinMs);
    return download(c, exports.stream(pool, who, wanted, { source: copy ?? pool, id }), {
      name: fileName(c, kind, format),
      type: exports.contentTypes[format],
    });
  });

/** A safe name that includes the day: `kontakte-2026-11-23.csv`. */
const fileName = ({ var: { view } }: Ctx, kind: exports.Kind, format: exports.Format): string =>
  `${view.t(`exports.file_${kind}`, { day: view.format.day(view.now) })}.${
    exports.extensions[format]
  }`;

/** The records chosen on a list; undefined where all of a kind are meant. */
function selectionFrom(
  { kind: noun, list, all, ids }: z.output<typeof Chosen>,
): Selection | undefined {
  const kind = kinds.find((each) => tables[each] === noun);
  // Activities have no list of ticks: they go out as a whole.
  if (!kind) return undefined;
  if (ids !== null) return { ids };
  if (!all || active(askedBy(new URLSearchParams(list), kind)) === 0) return undefined;
  return selectionOf({ kind, list, all, ids: [] });
}

/** Whether an export takes all records of a kind, or so many that it is just as sensitive. */
async function weighs(scope: Scope, wanted: z.output<typeof Chosen>): Promise<boolean> {
  const selection = selectionFrom(wanted);
  const kind = kinds.find((each) => tables[each] === wanted.kind);
  if (!selection || !kind) return true;
  const taken = await exports.countOfDay(scope, weighty);
  return taken + await selections.count(scope, kind, selection, weighty + 1) > weighty;
}

/** A contact's card, under the address of the contact: `/contacts/ID.vcf`. */
export const cards = web.createApp()
  .get(`/${idPart.slice(0, -1)}\\.vcf}`, signedIn, scoped, may("contacts.read"), async (c) => {
    const id = c.req.param("id")!.replace(/\.vcf$/, "");
    const card = await exports.contactVcard(c.var.scope, id);
    return download(c, card, {
      name: c.var.view.t("exports.card_file", { id }),
      type: exports.contentTypes.vcf,
    });
  });

async function show(
  c: Ctx,
  scope: Scope,
  form: FormState,
  status: 200 | 422 = 200,
): Promise<Response> {
  const { view } = c.var;
  const after = c.req.query("after") ?? "";
  const read = Chosen.safeParse({ ...form.values, all: form.values.all || undefined });
  const selection = read.success ? selectionFrom(read.data) : undefined;
  const kind = kinds.find((each) => read.success && tables[each] === read.data.kind);
  const [{ exports: past, next }, count] = await Promise.all([
    exports.list(scope, isId(after) ? after : null),
    kind && selection ? selections.count(scope, kind, selection, countable + 1) : null,
  ]);
  return await page(
    c,
    <ExportPage
      view={view}
      form={form}
      chosen={count === null ? null : { count, most: countable }}
      exports={past}
      next={next}
      kinds={exports.kinds}
      formats={exports.formats}
      purposes={exports.purposes}
      keptDays={exports.keptDays}
    />,
    { title: "exports.title", status },
  );
}
