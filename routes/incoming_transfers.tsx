/** Where other controllers send a person to, and where the house decides what becomes of them. */
import { bodyLimit } from "hono/body-limit";
import { z } from "zod";
import { Invalid } from "../db/errors.ts";
import { isId, newId } from "../db/ids.ts";
import * as incoming from "../db/incoming_transfers.ts";
import * as rateLimits from "../db/rate_limits.ts";
import { system, withScope } from "../db/scope.ts";
import { IncomingAddress, IncomingIndex, IncomingPage } from "../views/incoming_transfers.tsx";
import { path } from "../views/path.ts";
import { emptyForm, type FormState } from "../views/ui/form.tsx";
import * as fields from "./fields.ts";
import { may, scoped, signedIn } from "./guards.ts";
import { counters, prefix } from "./sign_in.ts";
import { type Ctx, page, readForm, redirect, web } from "./web.tsx";

/** Bytes of a document: one person, no files. */
const largest = 512 * 1024;

/** Called by programs elsewhere, which the token lets in: once, and to leave something only. */
export const taking = web.createApp()
  .put(
    `/${fields.tokenPart}`,
    bodyLimit({ maxSize: largest, onError: (c) => c.json({ error: "too_large" }, 413) }),
    async (c) => {
      await rateLimits.count(counters(c), rateLimits.limits.deliveries, prefix(c));
      const { pool, config } = c.var.services;
      const found = await incoming.route(pool, c.req.param("token"));
      if (!found) return c.json({ error: "not_found" }, 404);
      const text = await c.req.text();
      try {
        const taken = await withScope(
          pool,
          { tenantId: found.tenantId, actor: system },
          (scope) => incoming.receive(scope, config.secretKey, found.id, text),
        );
        return taken ? c.body(null, 204) : c.json({ error: "gone" }, 410);
      } catch (error) {
        if (!(error instanceof Invalid)) throw error;
        return c.json({ error: "invalid_document" }, 422);
      }
    },
  );

const base = "/settings/transfers";
const Expected = z.object({ id: z.string().refine(isId), note: fields.name(200) });

/** The pages of the house. */
export default web.createApp()
  .use(signedIn, scoped, may("requests.manage"))
  .get("/", (c) => showIndex(c, emptyForm))
  .post("/", async (c) => {
    const read = await readForm(c, Expected);
    if (!read.ok) return await showIndex(c, read.form, 422);
    const token = await incoming.create(c.var.scope, read.value);
    if (!token) return await redirect(c, base);
    const address = `${c.var.services.config.baseUrl}/incoming-transfers/${token}`;
    c.header("Cache-Control", "no-store");
    const props = { view: c.var.view, address, note: read.value.note };
    return await page(c, <IncomingAddress {...props} />, { title: "transfers.incoming" });
  })
  .get(`/${fields.idPart}`, async (c) => {
    const { secretKey } = c.var.services.config;
    const found = await incoming.open(c.var.scope, secretKey, c.req.param("id"));
    return await page(c, <IncomingPage view={c.var.view} {...found} />, {
      title: "transfers.incoming",
    });
  })
  .post(`/${fields.idPart}/acceptance`, async (c) => {
    const { secretKey } = c.var.services.config;
    const [first] = await incoming.accept(c.var.scope, secretKey, c.req.param("id"));
    const to = first ? path`/contacts/${first}` : base;
    return await redirect(c, to, { kind: "ok", key: "transfers.accepted" });
  })
  .post(`/${fields.idPart}/refusal`, async (c) => {
    const { secretKey } = c.var.services.config;
    await incoming.refuse(c.var.scope, secretKey, c.req.param("id"));
    return await redirect(c, base, { kind: "ok", key: "transfers.refused" });
  });

async function showIndex(c: Ctx, form: FormState, status: 200 | 422 = 200): Promise<Response> {
  const props = {
    view: c.var.view,
    form: { ...form, values: { ...form.values, id: newId() } },
    transfers: await incoming.list(c.var.scope),
  };
  return await page(c, <IncomingIndex {...props} />, { title: "transfers.incoming", status });
}
