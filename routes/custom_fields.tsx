/** Custom fields in the settings: list, creation, changes, deletion, and their register. */
import { z } from "zod";
import { columnOf } from "../db/custom_columns.ts";
import * as customFields from "../db/custom_fields.ts";
import { Invalid } from "../db/errors.ts";
import { german, row } from "../db/exports/csv.ts";
import { formId } from "../db/ids.ts";
import { ownName } from "../db/letter_fields.ts";
import * as templates from "../db/letter_templates.ts";
import { legalBases, purposes } from "../db/origins.ts";
import { kinds } from "../db/record_kinds.ts";
import * as webFormFields from "../db/web_form_fields.ts";
import { FieldDeletion } from "../views/custom_fields/deletion.tsx";
import { FieldForm } from "../views/custom_fields/form.tsx";
import { FieldIndex, registerHead, registerRow } from "../views/custom_fields/index.tsx";
import { labelOf } from "../views/records/custom.tsx";
import type { FormState } from "../views/ui/form.tsx";
import { changeRows } from "../views/ui/rows.tsx";
import { download } from "./downloads.ts";
import * as fields from "./fields.ts";
import { may, scoped, signedIn } from "./guards.ts";
import { lines, maybe, rows } from "./records.ts";
import { marked, raced } from "./settings_races.ts";
import { type Ctx, invalid, page, readForm, redirect, web } from "./web.tsx";

const choice = z.object({
  id: z.uuid().or(z.literal("")).catch("").transform((id) => id.toLowerCase() || null),
  labelDe: maybe(100).transform((label) => label.replaceAll(";", ",")),
  labelEn: maybe(100).transform((label) => label.replaceAll(";", ",")),
});

/** Those that have a label; of two that claim to be the same one, the second is new. */
function named(all: readonly z.output<typeof choice>[]) {
  const taken = new Set<string | null>();
  return all.filter(({ labelDe }) => labelDe !== "").map((each) => {
    const id = taken.has(each.id) ? null : each.id;
    taken.add(id);
    return { ...each, id };
  });
}

const input = {
  labelDe: fields.name(60),
  labelEn: maybe(60),
  helpDe: lines(300),
  helpEn: lines(300),
  required: fields.tick,
  category: z.enum(customFields.fieldCategories, { error: "required" }),
  purpose: z.enum(purposes, { error: "required" }),
  legalBasis: z.enum(legalBases as [typeof legalBases[number]], { error: "required" }),
  provided: fields.tick,
  choices: rows(choice).transform(named),
};

const Old = z.object({ ...input, anyway: fields.tick });
const New = z.object({
  ...input,
  id: z.string().optional(),
  recordKind: z.enum(kinds as [typeof kinds[number]], { error: "required" }),
  kind: z.enum(customFields.fieldKinds, { error: "required" }),
});
const Move = z.object({ by: z.enum(["-1", "1"]).transform((by) => Number(by) as -1 | 1) });

const base = "/settings/fields";

export default web.createApp()
  .use(signedIn, scoped, may("fields.manage"))
  .get("/", async (c) => {
    const all = await customFields.all(c.var.scope);
    return await page(c, <FieldIndex view={c.var.view} fields={all} />, {
      title: "custom_fields.title",
    });
  })
  .get("/records.csv", register)
  .get("/new", (c) => show(c, blank(c), null))
  .post("/new", create)
  .get(`/${fields.idPart}`, async (c) => {
    const field = await customFields.find(c.var.scope, c.req.param("id"));
    return await show(c, marked({ values: valuesOf(field), errors: {} }, heldBy(field)), field);
  })
  .post(`/${fields.idPart}`, update)
  .post(`/${fields.idPart}/position`, async (c) => {
    const { id } = await customFields.find(c.var.scope, c.req.param("id"));
    const read = await readForm(c, Move);
    if (read.ok) await customFields.move(c.var.scope, id, read.value.by);
    return await redirect(c, base, { kind: "ok", key: "custom_fields.moved" });
  })
  .get(`/${fields.idPart}/deletion`, async (c) => {
    const { scope, view } = c.var;
    const field = await customFields.find(scope, c.req.param("id"));
    const count = await customFields.count(scope, field.id);
    const names = await templates.listWith(scope, Object.values(ownName(field)));
    const forms = await webFormFields.formsWith(scope, field.id);
    const node = (
      <FieldDeletion view={view} field={field} count={count} templates={names} forms={forms} />
    );
    return await page(c, node, { title: "custom_fields.delete" });
  })
  .post(`/${fields.idPart}/deletion`, async (c) => {
    const { scope } = c.var;
    const count = await customFields.count(scope, c.req.param("id"));
    await customFields.remove(scope, c.req.param("id"));
    return await redirect(c, base, { kind: "ok", key: "custom_fields.removed", params: { count } });
  });

/** The defaults; there is none for the purpose, which the tenant has to state. */
function blank(c: Ctx): FormState {
  const record = kinds.find((kind) => kind === c.req.query("record")) ?? "contact";
  return {
    values: { id: formId(), recordKind: record, kind: "text", category: "classification" },
    errors: {},
  };
}

const valuesOf = (field: customFields.CustomField): FormState["values"] => ({
  labelDe: field.labelDe,
  labelEn: field.labelEn,
  helpDe: field.helpDe,
  helpEn: field.helpEn,
  ...(field.required ? { required: "on" } : {}),
  category: field.category,
  purpose: field.purpose,
  legalBasis: field.legalBasis,
  ...(field.provided ? { provided: "on" } : {}),
  ...Object.fromEntries(field.choices.flatMap(({ id, labelDe, labelEn }, at) => [
    [`choices.${at}.id`, id],
    [`choices.${at}.labelDe`, labelDe],
    [`choices.${at}.labelEn`, labelEn],
  ])),
});

/** What two may have open at once, its choices as one text: one more has no place in an older form. */
function heldBy(field: customFields.CustomField): FormState["values"] {
  const { labelDe, labelEn, helpDe, helpEn, category, purpose, legalBasis, choices } = field;
  return {
    ...{ labelDe, labelEn, helpDe, helpEn, category, purpose, legalBasis },
    ...(choices.length === 0 ? {} : {
      [firstChoice]: choices.map((each) =>
        [each.labelDe, each.labelEn].filter(Boolean).join(" / ")
      ),
    }),
  };
}

/** Beside it stands what is said of all choices. */
const firstChoice = "choices.0.labelDe";

/** Choices are reported by their labels. */
const wordsOf = ({ var: { view: { t } } }: Ctx) => (name: string, value: string) => {
  if (name === firstChoice) return value.split("\n").join(", ");
  const category = customFields.fieldCategories.find((each) =>
    name === "category" && each === value
  );
  if (category) return t(`personal_data.category_${category}`);
  const purpose = purposes.find((each) => name === "purpose" && each === value);
  if (purpose) return t(`contacts.purpose_${purpose}`);
  const basis = legalBases.find((each) => name === "legalBasis" && each === value);
  return basis ? t(`contacts.legal_basis_${basis}`) : value;
};

async function create(c: Ctx): Promise<Response> {
  const read = await readForm(c, New);
  const grown = changeRows(read.form.values);
  if (grown) return await show(c, { values: grown, errors: {} }, null);
  if (!read.ok) return await show(c, read.form, null, 422);
  const { id: _, recordKind, kind, ...made } = read.value;
  try {
    const own = fields.ownId(read.form);
    await customFields.create(c.var.scope, own, { recordKind, kind }, made);
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    return await show(c, invalid(read.form, { [error.field]: error.code }), null, 422);
  }
  return await redirect(c, base, { kind: "ok", key: "custom_fields.created" });
}

async function update(c: Ctx): Promise<Response> {
  const field = await customFields.find(c.var.scope, c.req.param("id")!);
  const read = await readForm(c, Old);
  const grown = changeRows(read.form.values);
  if (grown) return await show(c, { values: grown, errors: {} }, field);
  if (!read.ok) return await show(c, read.form, field, 422);
  const race = raced(read.form, heldBy(field), wordsOf(c));
  if (race) return await show(c, race, field, 422);
  const { anyway, ...wanted } = read.value;
  try {
    await customFields.update(c.var.scope, field.id, wanted, anyway);
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    return await show(c, invalid(read.form, { [error.field]: error.code }), field, 422);
  }
  const left = webFormFields.restsOnConsent(wanted) && !webFormFields.restsOnConsent(field)
    ? await webFormFields.formsWithoutConsent(c.var.scope, field.id)
    : [];
  return await redirect(
    c,
    base,
    left.length === 0 ? { kind: "ok", key: "custom_fields.saved" } : {
      kind: "info",
      key: "custom_fields.saved_left",
      params: { forms: left.join(", ") },
    },
  );
}

const offered = {
  records: kinds,
  kinds: customFields.fieldKinds,
  categories: customFields.fieldCategories,
  purposes,
  legalBases,
};

const show = (
  c: Ctx,
  form: FormState,
  field: customFields.CustomField | null,
  status: 200 | 422 = 200,
) =>
  page(c, <FieldForm view={c.var.view} form={form} field={field} offered={offered} />, {
    title: field ? { text: labelOf(field, c.var.view.locale) } : "custom_fields.new",
    status,
  });

/** What Art. 30 GDPR asks of each field, as German offices open it. */
async function register(c: Ctx): Promise<Response> {
  const { scope, view } = c.var;
  const all = await customFields.all(scope);
  const lines = [
    registerHead(view),
    ...all.map((field) => registerRow(view, field, columnOf(field))),
  ];
  const text = german.mark + lines.map((cells) => row(cells, german.separator)).join("");
  return download(c, text, {
    name: view.t("custom_fields.register_file"),
    type: "text/csv; charset=utf-8",
  });
}
