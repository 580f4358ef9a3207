/** Imports: a file is uploaded, inspected, tried out, imported, and can be undone. */
import * as dataKeys from "../db/data_keys.ts";
import { Forbidden, Invalid, NotFound } from "../db/errors.ts";
import { isId } from "../db/ids.ts";
import * as imports from "../db/imports.ts";
import * as choices from "../db/imports/choices.ts";
import * as extents from "../db/imports/extents.ts";
import { limits, Unreadable } from "../db/imports/problems.ts";
import { reader } from "../db/imports/readers.ts";
import * as reports from "../db/imports/reports.ts";
import * as stays from "../db/imports/stays.ts";
import * as undos from "../db/imports/undos.ts";
import { can } from "../db/roles.ts";
import { withScope } from "../db/scope.ts";
import * as vault from "../db/vault.ts";
import { ImportIndex, ImportUpload } from "../views/imports/index.tsx";
import { ImportProgress, ImportUndo } from "../views/imports/progress.tsx";
import { firstOf, groups, ImportReport } from "../views/imports/report.tsx";
import { path, query } from "../views/path.ts";
import { emptyForm, type FormState } from "../views/ui/form.tsx";
import { download } from "./downloads.ts";
import { idPart } from "./fields.ts";
import { may, scoped, signedIn, whoIs } from "./guards.ts";
import {
  Choices,
  groundsOf,
  hintsOf,
  nobody,
  optionsOf,
  Reading,
  Settings,
  valuesOf,
} from "./import_forms.ts";
import { rejectedRows } from "./import_previews.ts";
import { ownersOf } from "./import_owners.ts";
import { ownersFor, showSettings } from "./import_settings.tsx";
import { ownerFault } from "./records.ts";
import { readUpload } from "./uploads.ts";
import { type Ctx, invalid, page, readForm, redirect, web } from "./web.tsx";

export default web.createApp()
  .use(signedIn, may("imports.run"))
  .post("/new", upload)
  .use(scoped)
  .get("/", async (c) => {
    const after = c.req.query("after") ?? "";
    const { imports: all, next } = await imports.list(c.var.scope, isId(after) ? after : null);
    const list = <ImportIndex view={c.var.view} imports={all} next={next} />;
    return await page(c, list, { title: "imports.title" });
  })
  .get("/new", (c) => showUpload(c, emptyForm))
  .get(`/${idPart}`, async (c) => {
    const run = await find(c);
    return await (run.status === "uploaded" || run.status === "failed" && run.options
      ? showSettings(c, run, { values: valuesOf(run), errors: {} })
      : showState(c, run));
  })
  .post(`/${idPart}`, settle)
  .post(`/${idPart}/reading`, readAgain)
  .post(`/${idPart}/settings`, (c) => carryOut(c, (id) => imports.reopen(c.var.scope, id)))
  .post(`/${idPart}/choices`, choose)
  .post(`/${idPart}/run`, (c) => carryOut(c, (id) => imports.start(c.var.scope, id)))
  .post(`/${idPart}/removal`, async (c) => {
    const { id } = await find(c);
    await imports.remove(c.var.scope, id);
    await vault.remove(c.var.services.config, imports.objectOf(id));
    return await redirect(c, "/imports", { kind: "ok", key: "imports.discarded" });
  })
  .get(`/${idPart}/rejected.csv`, async (c) => {
    const run = await find(c);
    const rows = rejectedRows(c, run);
    const name = c.var.view.t("imports.rejected_file", { id: run.id });
    return download(c, rows, { name, type: "text/csv; charset=utf-8" });
  })
  .get(`/${idPart}/undo`, async (c) => {
    const run = await find(c);
    if (!mayUndo(c, run)) throw new Forbidden("imports.undo");
    if (!isUndoable(c, run)) return await redirect(c, path`/imports/${run.id}`);
    const extent = await extents.measure(c.var.scope, run.id);
    const node = <ImportUndo view={c.var.view} run={run} extent={extent} />;
    return await page(c, node, { title: "imports.undo" });
  })
  .post(`/${idPart}/undo`, async (c) => {
    const run = await find(c);
    if (!mayUndo(c, run)) throw new Forbidden("imports.undo");
    return await carryOut(c, (id) => undos.order(c.var.scope, id));
  });

const find = (c: Ctx) => imports.find(c.var.scope, c.req.param("id")!);

/** Does it and shows the import; that it was too late is said there. */
async function carryOut(c: Ctx, work: (id: string) => Promise<void>): Promise<Response> {
  const { id } = await find(c);
  try {
    await work(id);
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    return await redirect(c, path`/imports/${id}`, { kind: "error", key: error.code });
  }
  return await redirect(c, path`/imports/${id}`);
}

/** Takes the file as it arrives, before any transaction is open. */
async function upload(c: Ctx): Promise<Response> {
  const { session, services: { config, pool }, view } = c.var;
  const who = session && whoIs(session);
  if (!who) return c.redirect("/tenants", 303);
  const id = imports.fileId();
  try {
    const keyId = await withScope(pool, who, (scope) => dataKeys.current(scope, config));
    const { files: [fileName] } = await readUpload(c, "file", async (bytes, name) => {
      await vault.store(config, imports.objectOf(id), keyId, bytes, limits.bytes);
      return name;
    });
    if (fileName === undefined) return await refuse(c, "file_missing", 422);
    const hints = { fileName, home: session.tenantCountry ?? "DE", locale: view.locale };
    const inspection = await (await reader()).inspect(
      () => vault.open(config, imports.objectOf(id)),
      hints,
    );
    await withScope(pool, who, (scope) => imports.create(scope, { id, fileName, inspection }));
  } catch (error) {
    await vault.remove(config, imports.objectOf(id));
    if (error instanceof vault.FileTooLarge) {
      return await refuse(c, "import_problems.too_large", 413);
    }
    if (!(error instanceof Unreadable)) throw error;
    return await refuse(c, codeOf(error), 422);
  }
  return await redirect(c, path`/imports/${id}`);
}

const codeOf = ({ code, params }: Unreadable): string =>
  `import_problems.${code}?${new URLSearchParams(params as Record<string, string>)}`;

const refuse = (c: Ctx, code: string, status: 413 | 422) =>
  showUpload(c, { values: {}, errors: { file: code } }, status);

const showUpload = (c: Ctx, form: FormState, status: 200 | 413 | 422 = 200) =>
  page(c, <ImportUpload view={c.var.view} form={form} />, { title: "imports.new", status });

async function settle(c: Ctx): Promise<Response> {
  const run = await find(c);
  if (!run.options) throw new NotFound("import");
  const read = await readForm(c, Settings);
  if (!read.ok) return await showSettings(c, run, read.form, 422);
  const takers = [read.value.ownerId, ...Object.values(read.value.owner)]
    .filter((id) => id !== "" && id !== nobody);
  const known = takers.length === 0 ? [] : await ownersFor(c.var.scope);
  if (!takers.every((taker) => known.some(({ id }) => id === taker))) {
    return await showSettings(c, run, invalid(read.form, ownerFault), 422);
  }
  const options = optionsOf(run.options.plan, read.value, run.inspection!);
  const grounds = groundsOf(c.var.view.t, read.value);
  return await carryOut(c, (id) => imports.settle(c.var.scope, id, options, grounds));
}

/** Looks at the file again with another encoding, separator, header or country. */
async function readAgain(c: Ctx): Promise<Response> {
  const run = await find(c);
  if (!run.options) throw new NotFound("import");
  const read = await readForm(c, Reading);
  if (!read.ok) return await showSettings(c, run, read.form, 422);
  const { services: { config }, view, scope } = c.var;
  try {
    const home = c.var.session!.tenantCountry ?? "DE";
    const hints = hintsOf(read.value, run, view.locale, home);
    const inspection = await (await reader()).inspect(
      () => vault.open(config, imports.objectOf(run.id)),
      { ...hints, fileName: run.fileName },
    );
    await imports.reinspect(scope, run.id, inspection, run.options);
  } catch (error) {
    const code = error instanceof vault.FileBroken
      ? "imports.broken"
      : error instanceof Unreadable
      ? codeOf(error)
      : null;
    if (code === null) throw error;
    return await showSettings(c, run, { ...read.form, errors: { encoding: code } }, 422);
  }
  return await redirect(c, path`/imports/${run.id}`);
}

/** Keeps what was decided about the rows of a page of the report, and shows that page again. */
async function choose(c: Ctx): Promise<Response> {
  const { id } = await find(c);
  const read = await readForm(c, Choices);
  const { choice, rows, after } = read.ok ? read.value : Choices.parse({});
  const here = query(path`/imports/${id}`, {
    rows: groups.find((each) => each === rows),
    after: /^\d{1,7}$/.exec(after)?.[0],
  });
  try {
    await choices.keep(c.var.scope, id, choice);
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    return await redirect(c, here, { kind: "error", key: error.code });
  }
  return await redirect(c, here, { kind: "ok", key: "imports.choices_kept" });
}

const working = new Set<imports.Status>(["checking", "queued", "running", "undoing"]);

async function showState(c: Ctx, run: imports.Import): Promise<Response> {
  const { view, scope } = c.var;
  const title = { text: run.fileName };
  const undoable = isUndoable(c, run) && mayUndo(c, run);
  if (working.has(run.status)) {
    return await page(c, <ImportProgress view={view} run={run} undoable={undoable} />, { title });
  }
  const group = groups.find((each) => each === c.req.query("rows")) ?? firstOf(run.counts);
  const after = /^\d{1,7}$/.exec(c.req.query("after") ?? "")?.[0];
  const { rows, next } = await reports.list(scope, run.id, group, Number(after ?? -1));
  const sides = {
    standing: await reports.standing(scope, rows),
    made: await choices.among(scope, run.id, rows.map(({ row }) => row)),
    decided: await choices.count(scope, run.id),
    after: after ?? "",
  };
  const owners = await ownersOf(scope, run);
  const left = run.status === "undone" ? await stays.count(scope, run.id) : 0;
  const node = (
    <ImportReport
      {...{ view, run, group, rows, next, undoable, sides, owners, left }}
    />
  );
  return await page(c, node, { title });
}

/** Whether it can be undone, or an interrupted undo can be finished. */
const isUndoable = (c: Ctx, { status, undoUntil, errorCode }: imports.Import): boolean =>
  status === "done" && undoUntil !== null && undoUntil > c.var.scope.now ||
  status === "undoing" && errorCode !== null;

/** Admins and the import's author, unless it would write back fields that are closed to their role. */
const mayUndo = (c: Ctx, { createdBy }: imports.Import): boolean => {
  const { role, userId } = c.var.session!;
  const { limits } = c.var.scope;
  return !limits?.contact && !limits?.company &&
    (can(role!, "imports.undo") || createdBy === userId);
};
