/** Webhooks in the settings: creating, changing, testing, viewing their calls, removing. */
import { z } from "zod";
import { Stale } from "../db/errors.ts";
import { formId } from "../db/ids.ts";
import { eea } from "../db/setting_bounds.ts";
import * as deliveries from "../db/webhook_deliveries.ts";
import * as webhooks from "../db/webhooks.ts";
import { path } from "../views/path.ts";
import type { FormState } from "../views/ui/form.tsx";
import { WebhookForm } from "../views/webhooks/form.tsx";
import { WebhookIndex } from "../views/webhooks/index.tsx";
import { WebhookPage } from "../views/webhooks/page.tsx";
import { askFirst, confirmed } from "./confirmed.tsx";
import * as fields from "./fields.ts";
import { may, scoped, signedIn } from "./guards.ts";
import { cursor } from "./lists.ts";
import { type Ctx, faultOf, invalid, overtaken, page, readForm, redirect, web } from "./web.tsx";

const Input = (production: boolean) =>
  z.object({
    id: z.string().optional(),
    version: z.coerce.number().int().min(1).max(2_000_000_000).catch(1),
    name: fields.name(200),
    country: z.enum(eea as [string], { error: "webhooks.country_outside" }),
    reach: fields.email,
    url: z.string({ error: "required" }).trim().min(1).max(1000).transform((text, context) => {
      const url = webhooks.addressOf(text, production);
      if (url) return url.href;
      context.addIssue({ code: "custom", message: "webhooks.url_wrong" });
      return z.NEVER;
    }),
    kinds: z.preprocess(
      (value) => [value ?? []].flat(),
      z.array(z.enum(deliveries.kinds)).min(1, "webhooks.kinds_missing"),
    ).transform((kinds) => deliveries.kinds.filter((kind) => kinds.includes(kind))),
  });

const storeOf = (c: Ctx) => c.var.services.config;
const inputOf = (c: Ctx) => Input(c.var.services.config.appEnv === "production");

export default web.createApp()
  .use(signedIn, scoped, may("settings.manage"))
  .get("/", async (c) => {
    const found = await webhooks.list(c.var.scope, storeOf(c));
    return await page(c, <WebhookIndex view={c.var.view} webhooks={found} />, {
      title: "webhooks.title",
    });
  })
  .get("/new", (c) => showForm(c, { values: { id: formId(), country: "DE" }, errors: {} }, null))
  .post("/new", create)
  .get(`/${fields.idPart}`, (c) => show(c, c.req.param("id")))
  .get(`/${fields.idPart}/edit`, async (c) => {
    const { id, version, name, country, reach, url, kinds } = await find(c);
    const values = { version: String(version), name, country, reach, url, kinds };
    return await showForm(c, { values, errors: {} }, { id, name });
  })
  .post(`/${fields.idPart}/edit`, update)
  .post(`/${fields.idPart}/tests`, async (c) => {
    const { id, pausedAt } = await find(c);
    if (!pausedAt) await deliveries.test(c.var.scope, id);
    return await redirect(c, path`/settings/webhooks/${id}`, {
      kind: "info",
      key: pausedAt ? "webhooks.paused" : "webhooks.test_sent",
    });
  })
  .post(`/${fields.idPart}/secret`, confirmed, async (c) => {
    const id = c.req.param("id");
    // Shown in the answer itself: it is kept nowhere from which it could be shown again.
    return await show(c, id, await webhooks.renewSecret(c.var.scope, storeOf(c), id));
  })
  .post(`/${fields.idPart}/removal`, async (c) => {
    await webhooks.remove(c.var.scope, c.req.param("id"));
    return await redirect(c, "/settings/webhooks", { kind: "ok", key: "webhooks.removed" });
  });

const find = (c: Ctx) => webhooks.find(c.var.scope, storeOf(c), c.req.param("id")!);

async function create(c: Ctx): Promise<Response> {
  const { scope } = c.var;
  const read = await readForm(c, inputOf(c));
  if (!read.ok) return await showForm(c, read.form, null, 422);
  // It shows its secret, like the button for a new one.
  const asked = await askFirst(c);
  if (asked) return asked;
  const { id: _id, version: _, ...input } = read.value;
  const id = fields.ownId(read.form);
  let secret: string | null = null;
  const fault = await faultOf(
    (async () => secret = await webhooks.create(scope, storeOf(c), id, input))(),
  );
  if (fault) return await showForm(c, invalid(read.form, fault), null, 422);
  return await show(c, id, secret);
}

async function update(c: Ctx): Promise<Response> {
  const { scope } = c.var;
  const before = await find(c);
  const read = await readForm(c, inputOf(c));
  if (!read.ok) return await showForm(c, read.form, before, 422);
  // A new address is a new recipient.
  const asked = read.value.url === before.url ? null : await askFirst(c);
  if (asked) return asked;
  const { id: _, version, ...input } = read.value;
  try {
    await webhooks.update(scope, storeOf(c), before.id, version, input);
  } catch (error) {
    if (!(error instanceof Stale)) throw error;
    return await showForm(c, overtaken(read.form, error), before, 409);
  }
  return await redirect(c, path`/settings/webhooks/${before.id}`, {
    kind: "ok",
    key: "webhooks.saved",
  });
}

/** The page of one webhook; shows a secret only in the answer to the request that created it. */
async function show(c: Ctx, id: string, secret: string | null = null): Promise<Response> {
  const { scope, view } = c.var;
  const webhook = await webhooks.find(scope, storeOf(c), id);
  const found = await deliveries.list(scope, id, cursor(c));
  c.header("Cache-Control", "no-store");
  const props = { view, webhook, deliveries: found, secret };
  return await page(c, <WebhookPage {...props} />, { title: { text: webhook.name } });
}

async function showForm(
  c: Ctx,
  form: FormState,
  webhook: { id: string; name: string } | null,
  status: 200 | 409 | 422 = 200,
): Promise<Response> {
  const node = (
    <WebhookForm
      view={c.var.view}
      form={form}
      webhook={webhook}
      countries={eea}
      kinds={deliveries.kinds}
    />
  );
  return await page(c, node, { title: webhook ? "webhooks.edit" : "webhooks.new", status });
}
