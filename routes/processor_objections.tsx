/** Announced changes of processors for a customer's owners, and their right to object. */
import { z } from "zod";
import { Invalid, NotFound } from "../db/errors.ts";
import * as mails from "../db/mails.ts";
import * as changes from "../db/processor_changes.ts";
import * as objections from "../db/processor_objections.ts";
import * as processors from "../db/processors.ts";
import * as providers from "../db/provider.ts";
import { objectionRaised } from "../views/mail/processors.tsx";
import { AnnouncedPage, ObjectionPage } from "../views/processors/announced.tsx";
import type { FormState } from "../views/ui/form.tsx";
import * as fields from "./fields.ts";
import { may, scoped, signedIn } from "./guards.ts";
import { type Ctx, invalid, page, readForm, redirect, web } from "./web.tsx";

const Input = z.object({ name: fields.name(), reason: fields.name(2000) });

export default web.createApp()
  .use(signedIn, scoped)
  .get("/", may("settings.manage"), async (c) => {
    const { scope, view } = c.var;
    const announced = await objections.listAnnounced(scope);
    const history = await changes.list(scope.sql);
    const props = {
      announced,
      changes: history.changes,
      processors: await processors.list(scope.sql),
    };
    return await page(c, <AnnouncedPage view={view} {...props} />, {
      title: "processors.announced_title",
    });
  })
  .get(
    `/${fields.idPart}/objection`,
    may("agreements.accept"),
    (c) => show(c, { values: { name: c.var.view.user!.name }, errors: {} }),
  )
  .post(`/${fields.idPart}/objection`, may("agreements.accept"), async (c) => {
    const read = await readForm(c, Input);
    if (!read.ok) return await show(c, read.form, 422);
    const id = c.req.param("id");
    try {
      if (await objections.create(c.var.scope, id, read.value)) await notifyProvider(c, id);
    } catch (error) {
      if (!(error instanceof Invalid)) throw error;
      return await show(c, invalid(read.form, { [error.field]: error.code }), 422);
    }
    return await redirect(c, "/settings/processors", { kind: "ok", key: "processors.objected" });
  })
  .post(`/${fields.idPart}/objection/withdrawal`, may("agreements.accept"), async (c) => {
    await objections.withdraw(c.var.scope, c.req.param("id"));
    return await redirect(c, "/settings/processors", {
      kind: "ok",
      key: "processors.objection_withdrawn",
    });
  });

/** Notifies the provider that somebody objects, without their words. */
async function notifyProvider(c: Ctx, changeId: string): Promise<void> {
  const { scope, services: { config: { baseUrl } } } = c.var;
  const provider = await providers.lookup(scope.sql);
  const change = await changes.find(scope.sql, changeId);
  if (!provider) throw new NotFound("provider");
  await mails.send(scope.sql, {
    tenantId: null,
    kind: "processor_objection",
    to: provider.email,
    ...objectionRaised({ change, baseUrl }),
  });
}

async function show(c: Ctx, form: FormState, status: 200 | 422 = 200): Promise<Response> {
  const change = await changes.find(c.var.scope.sql, c.req.param("id")!);
  if (!change.material) throw new NotFound("processor_change");
  const props = { change, processors: await processors.list(c.var.scope.sql), form };
  return await page(c, <ObjectionPage view={c.var.view} {...props} />, {
    title: "processors.objection_submit",
    status,
  });
}
