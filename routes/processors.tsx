/** The register for the operator: entries, switching on and off, connection, checks. */
import { today } from "../db/clock.ts";
import { Invalid, Stale } from "../db/errors.ts";
import { formId } from "../db/ids.ts";
import { enqueue } from "../db/jobs.ts";
import * as deliveries from "../db/latenode_deliveries.ts";
import * as connections from "../db/processor_connections.ts";
import * as entries from "../db/processor_entries.ts";
import * as plans from "../db/processor_plans.ts";
import {
  assertAnnounced,
  connectionFields,
  readConnection,
  usualSettings,
} from "../db/processor_forms.ts";
import * as processors from "../db/processors.ts";
import { path } from "../views/path.ts";
import { ProcessorForm } from "../views/processors/form.tsx";
import { ProcessorIndex } from "../views/processors/index.tsx";
import { emptyForm, type FormState } from "../views/ui/form.tsx";
import { changeRows } from "../views/ui/rows.tsx";
import * as fields from "./fields.ts";
import { operator, signedIn } from "./guards.ts";
import { Entry, formOf, inputOf } from "./processor_forms.ts";
import { overview, show } from "./processor_pages.tsx";
import { type Ctx, invalid, overtaken, page, readForm, redirect, web } from "./web.tsx";
import { z } from "zod";

const Values = z.record(z.string(), z.unknown());

export default web.createApp()
  .use(signedIn, operator)
  .get("/", async (c) => {
    const all = await processors.list(c.var.services.pool);
    return await page(c, <ProcessorIndex view={c.var.view} entries={all.map(overview)} />, {
      title: "processors.title",
    });
  })
  .get(
    "/new",
    (c) => showForm(c, { values: { id: formId(), role: "processor" }, errors: {} }, null),
  )
  .post("/new", (c) => save(c, null))
  .get(`/${fields.idPart}`, (c) => show(c, c.req.param("id")))
  .get(`/${fields.idPart}/edit`, async (c) => {
    const processor = await processors.find(c.var.services.pool, c.req.param("id"));
    return await showForm(c, formOf(processor, c.var.view.locale), processor);
  })
  .post(
    `/${fields.idPart}/edit`,
    async (c) => await save(c, await processors.find(c.var.services.pool, c.req.param("id"))),
  )
  .post(`/${fields.idPart}/activation`, async (c) => {
    const id = c.req.param("id");
    const { services, session } = c.var;
    try {
      const day = await entries.enable(services.pool, session!.identityId, id);
      return await redirect(c, path`/operator/processors/${id}`, {
        kind: "ok",
        key: "processors.enabled",
        params: { date: c.var.view.format.date(day) },
      });
    } catch (error) {
      if (!(error instanceof Invalid)) throw error;
      return await redirect(c, path`/operator/processors/${id}`, {
        kind: "error",
        key: error.code as "processors.enabled_already",
      });
    }
  })
  .post(`/${fields.idPart}/deactivation`, async (c) => {
    const id = c.req.param("id");
    try {
      await entries.disable(c.var.services.pool, c.var.session!.identityId, id);
    } catch (error) {
      return await holdsFiles(c, id, error);
    }
    await notifyLatenode(c);
    return await done(c, id, "processors.disabled");
  })
  .post(`/${fields.idPart}/withdrawal`, async (c) => {
    const id = c.req.param("id");
    await plans.withdraw(c.var.services.pool, c.var.session!.identityId, id);
    return await done(c, id, "processors.plan_withdrawn");
  })
  .post(`/${fields.idPart}/removal`, async (c) => {
    const id = c.req.param("id");
    try {
      await entries.remove(c.var.services.pool, c.var.session!.identityId, id);
    } catch (error) {
      if (!(error instanceof Invalid)) throw error;
      return await redirect(c, path`/operator/processors/${id}`, {
        kind: "error",
        key: "processors.connector_stays",
      });
    }
    return await redirect(c, "/operator/processors", { kind: "ok", key: "processors.removed" });
  })
  .post(`/${fields.idPart}/connection`, async (c) => {
    const { pool, config } = c.var.services;
    const processor = await processors.find(pool, c.req.param("id"));
    const { adapter } = processor;
    if (!adapter) throw new Invalid("invalid");
    const read = await readForm(c, Values);
    const typed: Record<string, string> = {};
    for (const { name } of connectionFields[adapter]) {
      typed[name] = String(read.form.values[name] ?? "").slice(0, 2_000);
    }
    try {
      const { connection, hosts } = readConnection(
        adapter,
        typed,
        config.appEnv === "production",
      );
      assertAnnounced(processor, connection.settings);
      await connections.update(pool, config.secretKey, processor.id, connection, hosts);
    } catch (error) {
      if (!(error instanceof Invalid)) throw error;
      const form = { values: { ...usualSettings[adapter], ...typed }, errors: {} };
      return await show(c, processor.id, {
        connection: invalid(form, { [error.field]: error.code }),
      });
    }
    return await done(c, processor.id, "processors.connection_saved");
  })
  .post(`/${fields.idPart}/connection/removal`, async (c) => {
    try {
      await connections.remove(c.var.services.pool, c.req.param("id"));
    } catch (error) {
      return await holdsFiles(c, c.req.param("id"), error);
    }
    return await done(c, c.req.param("id"), "processors.connection_removed");
  })
  .post(`/${fields.idPart}/checks`, async (c) => {
    const processor = await processors.find(c.var.services.pool, c.req.param("id"));
    await enqueue(c.var.services.pool, "check_processors", null, {});
    return await done(c, processor.id, "processors.check_asked");
  })
  .post(`/${fields.idPart}/deliveries`, async (c) => {
    const { pool } = c.var.services;
    const processor = await processors.find(pool, c.req.param("id"));
    const sent = await deliveries.create(pool, "test");
    return await redirect(c, path`/operator/processors/${processor.id}`, {
      kind: sent ? "ok" : "error",
      key: sent ? "processors.delivery_test_sent" : "processors.delivery_closed",
    });
  });

async function save(c: Ctx, before: processors.Processor | null): Promise<Response> {
  const { services: { pool }, session } = c.var;
  const read = await readForm(c, Entry);
  const rows = changeRows(read.form.values);
  if (rows) return await showForm(c, { values: rows, errors: {} }, before, 422);
  if (!read.ok) return await showForm(c, read.form, before, 422);
  const { value } = read;
  const actor = session!.identityId;
  let day: string;
  try {
    if (!before) {
      const id = fields.ownId(read.form);
      await entries.create(pool, actor, id, inputOf(value));
      return await done(c, id, "processors.created");
    }
    const { version, reason } = value;
    day = await entries.update(pool, actor, before.id, version, inputOf(value), reason);
  } catch (error) {
    if (error instanceof Stale) {
      return await showForm(c, overtaken(read.form, error), before, 409);
    }
    if (!(error instanceof Invalid)) throw error;
    return await showForm(c, invalid(read.form, { [error.field]: error.code }), before, 422);
  }
  await notifyLatenode(c);
  const date = c.var.view.format.date(day);
  return await redirect(c, path`/operator/processors/${before.id}`, {
    kind: "ok",
    key: day === today() ? "processors.saved" : "processors.saved_later",
    params: { date },
  });
}

/** Says that our own files have to be moved first; throws every other error again. */
async function holdsFiles(c: Ctx, id: string, error: unknown): Promise<Response> {
  if (!(error instanceof Invalid)) throw error;
  return await redirect(c, path`/operator/processors/${id}`, {
    kind: "error",
    key: "processors.holds_files",
  });
}

/** A change of the register is an event too; only the fact is recorded. */
const notifyLatenode = (c: Ctx) => deliveries.create(c.var.services.pool, "processor_changed");

const done = (
  c: Ctx,
  id: string,
  key:
    | "processors.created"
    | "processors.disabled"
    | "processors.plan_withdrawn"
    | "processors.connection_saved"
    | "processors.connection_removed"
    | "processors.check_asked",
) => redirect(c, path`/operator/processors/${id}`, { kind: "ok", key });

const showForm = (
  c: Ctx,
  form: FormState = emptyForm,
  before: processors.Processor | null,
  status: 200 | 409 | 422 = 200,
) =>
  page(
    c,
    <ProcessorForm
      view={c.var.view}
      form={form}
      categories={processors.dataCategories}
      withHosts={!before?.adapter}
      isNew={!before}
    />,
    { title: before ? { text: before.name } : "processors.new", status },
  );
