/** Companies: the list, the record, its forms, and names to choose from while typing. */
import * as affiliations from "../db/affiliations.ts";
import * as choices from "../db/choices.ts";
import * as customFields from "../db/custom_fields.ts";
import * as companies from "../db/companies.ts";
import * as lists from "../db/company_lists.ts";
import type { Duplicate } from "../db/duplicates.ts";
import { Invalid, Stale } from "../db/errors.ts";
import { refused } from "../db/field_rights.ts";
import { formId, isId } from "../db/ids.ts";
import * as recordPanels from "../db/record_panels.ts";
import * as subsidiaries from "../db/subsidiaries.ts";
import { CompanyForm } from "../views/companies/form.tsx";
import { CompanyIndex } from "../views/companies/index.tsx";
import { CompanyPage } from "../views/companies/page.tsx";
import { path } from "../views/path.ts";
import type { Difference } from "../views/records/fields.tsx";
import type { FormState } from "../views/ui/form.tsx";
import { OfferedNames } from "../views/ui/offered_field.tsx";
import { changeRows } from "../views/ui/rows.tsx";
import { CompanyFields, inputOf, usualForms, valuesOf } from "./company_forms.ts";
import { companiesLike } from "./duplicates.tsx";
import { idPart, ownId } from "./fields.ts";
import { may, scoped, signedIn } from "./guards.ts";
import { customInput } from "./custom_values.ts";
import { backToList } from "./list_ways.ts";
import { text } from "./lists.ts";
import { load as loadPanels } from "./panels.ts";
import { listed } from "./record_lists.ts";
import { closedFaults, country, differences, ownerFault, ownerKnown } from "./records.ts";
import { toSaved } from "./saved.ts";
import { toSuccessor } from "./successors.ts";
import * as timelines from "./timelines.tsx";
import { type Ctx, invalid, page, readForm, redirect, web } from "./web.tsx";

export default web.createApp()
  .use(signedIn, scoped, may("companies.read"))
  .get("/", list)
  .get("/names", names)
  .get("/new", may("companies.write"), (c) => showNew(c, blank(c)))
  .post("/new", may("companies.write"), create)
  .get(`/${idPart}`, (c) => show(c).catch((error) => toSuccessor(c, "company", error)))
  .get(`/${idPart}/edit`, may("companies.write"), async (c) => {
    const company = await companies.find(c.var.scope, c.req.param("id"));
    const fields = await customFields.list(c.var.scope, "company");
    const values = valuesOf(company, c.var.view, country(c), fields);
    return await showForm(c, { values, errors: {} }, company, {});
  })
  .post(`/${idPart}/edit`, may("companies.write"), update)
  .post(`/${idPart}/deletion`, may("companies.delete"), async (c) => {
    const id = c.req.param("id");
    await companies.remove(c.var.scope, id);
    const undo = path`/trash/companies/${id}/restoration`;
    const to = backToList(c, "/companies");
    return await redirect(c, to, { kind: "ok", key: "companies.deleted", undo });
  });

async function list(c: Ctx): Promise<Response> {
  const found = await listed(c, "company", lists, () => Promise.resolve());
  if (found instanceof Response) return found;
  return await page(c, <CompanyIndex {...found[0]} />, { title: "companies.title" });
}

/** Names that fit what is typed into the first field sent, as options. */
async function names(c: Ctx): Promise<Response> {
  const typed = text(Object.values(c.req.query())[0]);
  const found = typed.length < 2 ? [] : await companies.suggest(c.var.scope, typed);
  return c.html(<OfferedNames names={found} />);
}

async function show(c: Ctx): Promise<Response> {
  const { scope, view } = c.var;
  const id = c.req.param("id")!;
  if (timelines.isTurn(c)) return await timelines.turn(c, { kind: "company", id });
  const after = c.req.query("children") ?? "";
  const [company, children, members, there] = await Promise.all([
    companies.find(scope, id),
    subsidiaries.list(scope, id, isId(after) ? after : null),
    affiliations.list(scope, id),
    recordPanels.look(scope, { kind: "company", id }),
  ]);
  const panels = await loadPanels(c, { kind: "company", id }, there);
  const props = { view, company, children, members, ...panels };
  return await page(c, <CompanyPage {...props} />, { title: { text: company.name } });
}

/** A new form: its id makes a second sending of it harmless; only a blank one takes the focus. */
function blank(c: Ctx): FormState {
  return {
    values: { _blank: "1", id: formId(), status: "lead", ownerId: c.var.session!.userId! },
    errors: {},
  };
}

async function create(c: Ctx): Promise<Response> {
  const { scope } = c.var;
  const fields = await customFields.list(scope, "company");
  const read = await readForm(c, CompanyFields(country(c), null, fields));
  const grown = changeRows(read.form.values);
  if (grown) return await showNew(c, { values: grown, errors: {} });
  if (!read.ok) return await showNew(c, read.form, { status: 422 });
  const { value } = read;
  const id = ownId(read.form);
  const custom = await customInput(scope, fields, value.custom);
  const input = inputOf(value, custom.input);
  const faults = {
    ...closedFaults(scope, "company", read.form),
    ...(await ownerKnown(scope, input.ownerId) ? custom.faults : ownerFault),
  };
  if (Object.keys(faults).length > 0) {
    return await showNew(c, invalid(read.form, faults), { status: 422 });
  }
  const alike = value._anyway ? [] : await companiesLike(c, { ...read.form.values, id });
  if (alike.length > 0) return await showNew(c, read.form, { status: 422, alike });
  try {
    await companies.create(scope, id, input);
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    return await showNew(c, invalid(read.form, { [error.field]: error.code }), { status: 422 });
  }
  return await toSaved(c, "company", id, "companies.created");
}

async function update(c: Ctx): Promise<Response> {
  const { scope } = c.var;
  const company = await companies.find(scope, c.req.param("id")!);
  const fields = await customFields.list(scope, "company");
  const read = await readForm(c, CompanyFields(country(c), company, fields));
  const grown = changeRows(read.form.values);
  if (grown) return await showForm(c, { values: grown, errors: {} }, company, {});
  if (!read.ok) return await showForm(c, read.form, company, { status: 422 });
  const custom = await customInput(scope, fields, read.value.custom, company.custom);
  const input = inputOf(read.value, custom.input);
  const known = input.ownerId === company.ownerId || await ownerKnown(scope, input.ownerId);
  const faults = {
    ...closedFaults(scope, "company", read.form),
    ...(known ? custom.faults : ownerFault),
  };
  if (Object.keys(faults).length > 0) {
    return await showForm(c, invalid(read.form, faults), company, { status: 422 });
  }
  try {
    await companies.update(scope, company.id, read.value.version, input);
  } catch (error) {
    if (error instanceof Stale) return await showConflict(c, read.form);
    if (!(error instanceof Invalid)) throw error;
    const form = invalid(read.form, { [error.field]: error.code });
    return await showForm(c, form, company, { status: 422 });
  }
  return await toSaved(c, "company", company.id, "companies.edited");
}

interface Asides {
  status?: 422 | 409;
  alike?: readonly Duplicate[];
  differences?: readonly Difference[];
}

const showNew = (c: Ctx, form: FormState, asides: Asides = {}): Promise<Response> =>
  showForm(c, form, null, asides);

async function showForm(
  c: Ctx,
  form: FormState,
  company: { id: string; name: string } | null,
  { status, ...asides }: Asides,
): Promise<Response> {
  const { scope, view } = c.var;
  const props = { view, form, company, choices: await choices.list(scope), legalForms: usualForms };
  return await page(c, <CompanyForm {...props} {...asides} />, {
    title: company ? "companies.edit" : "companies.new",
    status,
  });
}

/** The form as it was sent, ready to be saved over the new version, with what differs from that. */
async function showConflict(c: Ctx, form: FormState): Promise<Response> {
  const company = await companies.find(c.var.scope, c.req.param("id")!);
  const fields = await customFields.list(c.var.scope, "company");
  const theirs = valuesOf(company, c.var.view, country(c), fields);
  const mine = { values: { ...form.values, version: String(company.version) }, errors: {} };
  return await showForm(c, mine, company, {
    status: 409,
    differences: differences(
      form.values,
      theirs,
      refused(c.var.scope, "company", Object.keys(theirs)),
    ),
  });
}
