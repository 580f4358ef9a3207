/**
 * The link under a marketing mail: the page shows, and only its button, or the one in a mail
 * program (RFC 8058), acts. No log-in, no cookie, and nothing that names the reader.
 */
import { z } from "zod";
import * as rateLimits from "../db/rate_limits.ts";
import * as unsubscriptions from "../db/unsubscriptions.ts";
import { translator } from "../views/i18n/translate.ts";
import { UnsubscriptionPage } from "../views/unsubscriptions.tsx";
import * as fields from "./fields.ts";
import { unlisted } from "./link_pages.ts";
import { counters, prefix } from "./sign_in.ts";
import { type Ctx, page, readForm, web } from "./web.tsx";

/** A mail program's button says nothing of a channel. */
const Wish = z.object({ channel: z.enum(["email", "all"]).catch("email") });

export default web.createApp()
  .use(unlisted)
  .get(`/${fields.tokenPart}`, async (c) => {
    await rateLimits.count(counters(c), rateLimits.limits.links, prefix(c));
    const { pool } = c.var.services;
    return await show(c, await unsubscriptions.lookup(pool, c.req.param("token")), false);
  })
  // Not counted: whole mail providers press from one network, and an objection is never refused.
  .post(`/${fields.tokenPart}`, async (c) => {
    const { pool } = c.var.services;
    const read = await readForm(c, Wish);
    const channel = read.ok ? read.value.channel : "email";
    return await show(c, await unsubscriptions.act(pool, c.req.param("token"), channel), true);
  });

async function show(
  c: Ctx,
  found: unsubscriptions.Unsubscription | null,
  done: boolean,
): Promise<Response> {
  // The page is in the language of the mail, unless the address says otherwise.
  const locale = c.req.query("lang") ? c.var.view.locale : found?.language ?? c.var.view.locale;
  const view = { ...c.var.view, locale, t: translator(locale) };
  c.set("view", view);
  const node = <UnsubscriptionPage view={view} found={found} done={done} />;
  return await page(c, node, {
    title: "unsubscriptions.title",
    bare: true,
    status: found ? 200 : 404,
  });
}
