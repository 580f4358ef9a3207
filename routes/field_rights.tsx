/** Field rights in the settings: for each kind of record, a table of fields and roles. */
import { z } from "zod";
import type { CustomField } from "../db/custom_fields.ts";
import * as customFields from "../db/custom_fields.ts";
import { Invalid } from "../db/errors.ts";
import { governed } from "../db/field_catalogue.ts";
import * as fieldLevels from "../db/field_levels.ts";
import { type FieldRight, narrowed, type NarrowedRole } from "../db/field_levels.ts";
import { levels } from "../db/field_rights.ts";
import { type Kind, kinds } from "../db/record_kinds.ts";
import { type Cell, FieldRights, nameOf, type Row, wordOf } from "../views/field_rights.tsx";
import { path, query } from "../views/path.ts";
import { labelOf, shortOf } from "../views/records/custom.tsx";
import { fieldLabel } from "../views/records/history.tsx";
import { nouns } from "../views/records/nouns.ts";
import { emptyForm, type FormState } from "../views/ui/form.tsx";
import { may, scoped, signedIn } from "./guards.ts";
import { marked, raced } from "./settings_races.ts";
import { type Ctx, invalid, page, readForm, redirect, web } from "./web.tsx";

const Input = z.object({
  right: z.record(z.string(), z.record(z.string(), z.string().catch("option"))).catch({}),
});

export default web.createApp()
  .use(signedIn, scoped, may("fields.manage"))
  .get("/", async (c) => await show(c, kindOf(c), null))
  .post("/", update);

const kindOf = (c: Ctx): Kind => kinds.find((each) => each === c.req.query("kind")) ?? "contact";

/** Nobody may widen their own role: the rights of admins are set by owners. */
const rolesOf = ({ var: { view } }: Ctx): NarrowedRole[] =>
  narrowed.filter((role) => role !== "admin" || view.can("owners.manage"));

async function update(c: Ctx): Promise<Response> {
  const { scope } = c.var;
  const kind = kindOf(c);
  const read = await readForm(c, Input);
  if (!read.ok) return await show(c, kind, read.form, 422);
  const rows = await rowsOf(c, kind, await fieldLevels.list(scope, kind));
  const race = raced(read.form, levelsOf(rows), (name, level) => {
    const role = narrowed.find((each) => name.endsWith(`.${each}`));
    return wordOf(c.var.view, role!, level as Cell["level"]);
  });
  if (race) return await show(c, kind, race, 422);
  const roles = rolesOf(c);
  const wanted: FieldRight[] = [];
  const faults: Record<string, string> = {};
  for (const { key, field } of rows) {
    for (const role of roles) {
      const sent = read.value.right[key]?.[role] ?? "write";
      const level = levels.find((each) => each === sent);
      if (level) wanted.push({ field, role, level });
      else if (sent !== "write") faults[nameOf(key, role)] = "option";
    }
  }
  if (Object.keys(faults).length === 0) {
    try {
      await fieldLevels.assign(scope, kind, roles, wanted);
      const to = query("/settings/field-rights", { kind });
      return await redirect(c, to, { kind: "ok", key: "field_rights.saved" });
    } catch (error) {
      if (!(error instanceof Invalid)) throw error;
      const [field = "", role = ""] = error.field.split(".");
      const key = rows.find((row) => row.field === field)?.key ?? "";
      faults[nameOf(key, role)] = error.code;
    }
  }
  return await show(c, kind, invalid(read.form, faults), 422);
}

/** What the form contains: the choices that this user may make. */
const levelsOf = (rows: readonly Row[]): FormState["values"] =>
  Object.fromEntries(
    rows.flatMap(({ key, cells }) =>
      cells.filter(({ open, choices }) => open && choices.length > 1)
        .map(({ role, level }) => [nameOf(key, role), level])
    ),
  );

/** The fields of a kind, custom ones last, each with what every role may do. */
async function rowsOf(c: Ctx, kind: Kind, settled: readonly FieldRight[]): Promise<Row[]> {
  const { scope, view } = c.var;
  const levelIn = (field: string, role: NarrowedRole) =>
    settled.find((each) => each.field === field && each.role === role)?.level ?? "write";
  const cellsOf = (field: string, hideable: boolean, required: boolean): Cell[] =>
    narrowed.map((role) => ({
      role,
      level: levelIn(field, role),
      choices: required && role !== "read_only" ? [] : [
        "write",
        ...(role === "read_only" ? [] : ["read_only" as const]),
        ...(hideable ? ["hidden" as const] : []),
      ],
      open: rolesOf(c).includes(role),
    }));
  const standard = governed[kind].map(({ name, columns, hides, reason }): Row => ({
    key: name,
    field: name,
    label: fieldLabel(view, nouns[kind], columns[0]!),
    hint: reason ? view.t(`field_rights.reason_${reason}`) : null,
    cells: cellsOf(name, hides !== undefined, false),
  }));
  const own = await customFields.all(scope, kind);
  return [
    ...standard,
    ...own.map((each) => ownRow(c, each, cellsOf(each.id, true, each.required))),
  ];
}

const ownRow = ({ var: { view } }: Ctx, field: CustomField, cells: Cell[]): Row => ({
  key: shortOf(field.id),
  field: field.id,
  label: labelOf(field, view.locale),
  hint: field.required ? view.t("field_rights.reason_required") : null,
  cells,
});

async function show(
  c: Ctx,
  kind: Kind,
  form: FormState | null,
  status: 200 | 422 = 200,
): Promise<Response> {
  const rows = await rowsOf(c, kind, await fieldLevels.list(c.var.scope, kind));
  return await page(
    c,
    <FieldRights
      view={c.var.view}
      form={form ?? marked(emptyForm, levelsOf(rows))}
      kind={kind}
      rows={rows}
      action={query(path`/settings/field-rights`, { kind })}
    />,
    { title: "field_rights.title", status },
  );
}
