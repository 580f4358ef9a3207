/** People transferred from other controllers: addresses to send them to, and accepting them or not. */
import { z } from "zod";
import { formId, isId } from "../db/ids.ts";
import * as incoming from "../db/incoming_transfers.ts";
import { IncomingAddress, IncomingIndex, IncomingPage } from "../views/incoming_transfers.tsx";
import { path } from "../views/path.ts";
import { emptyForm, type FormState } from "../views/ui/form.tsx";
import * as fields from "./fields.ts";
import { may, scoped, signedIn } from "./guards.ts";
import { type Ctx, page, readForm, redirect, web } from "./web.tsx";

const base = "/settings/transfers";
const Expected = z.object({ id: z.string().refine(isId), note: fields.name(200) });

/** The tenant's pages. */
export default web.createApp()
  .use(signedIn, scoped, may("requests.manage"))
  .get("/", (c) => showIndex(c, emptyForm))
  .post("/", async (c) => {
    const read = await readForm(c, Expected);
    if (!read.ok) return await showIndex(c, read.form, 422);
    const token = await incoming.create(c.var.scope, {
      ...read.value,
      id: fields.ownId(read.form),
    });
    if (!token) return await redirect(c, base);
    const address = `${c.var.services.config.baseUrl}/incoming-transfers/${token}`;
    c.header("Cache-Control", "no-store");
    const props = { view: c.var.view, address, note: read.value.note };
    return await page(c, <IncomingAddress {...props} />, { title: "transfers.incoming" });
  })
  .get(`/${fields.idPart}`, async (c) => {
    const { config } = c.var.services;
    const found = await incoming.open(c.var.scope, config, c.req.param("id"));
    return await page(c, <IncomingPage view={c.var.view} {...found} />, {
      title: "transfers.incoming",
    });
  })
  .post(`/${fields.idPart}/acceptance`, async (c) => {
    const { config } = c.var.services;
    const id = c.req.param("id");
    const made = await incoming.accept(c.var.scope, config, id);
    if (made === null) return await redirect(c, base + path`/${id}`);
    const [first] = made;
    const to = first ? path`/contacts/${first}` : base;
    return await redirect(c, to, { kind: "ok", key: "transfers.accepted" });
  })
  .post(`/${fields.idPart}/refusal`, async (c) => {
    await incoming.refuse(c.var.scope, c.req.param("id"));
    return await redirect(c, base, { kind: "ok", key: "transfers.refused" });
  });

async function showIndex(c: Ctx, form: FormState, status: 200 | 422 = 200): Promise<Response> {
  const props = {
    view: c.var.view,
    form: { ...form, values: { ...form.values, id: formId() } },
    transfers: await incoming.list(c.var.scope),
  };
  return await page(c, <IncomingIndex {...props} />, { title: "transfers.incoming", status });
}
