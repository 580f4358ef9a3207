/** Confirming a new e-mail address: opening the page changes nothing, as scanners open links. */
import * as changes from "../db/email_changes.ts";
import * as rateLimits from "../db/rate_limits.ts";
import { EmailChangeGone, EmailChangePage } from "../views/email_changes.tsx";
import * as fields from "./fields.ts";
import { counted, unstored } from "./link_pages.ts";
import { type Ctx, page, web } from "./web.tsx";

export default web.createApp()
  .use(counted(rateLimits.limits.links), unstored)
  .get(`/${fields.tokenPart}`, async (c) => {
    const email = await changes.lookup(c.var.services.pool, c.req.param("token"));
    if (email === null) return await gone(c);
    return await page(c, <EmailChangePage view={c.var.view} email={email} />, {
      title: "account.email_confirm_title",
      bare: true,
    });
  })
  .post(`/${fields.tokenPart}`, async (c) => {
    const { session, services } = c.var;
    const done = await changes.complete(services.pool, c.req.param("token"), session?.id ?? null);
    if (!done) return await gone(c);
    return c.redirect(session ? "/account" : "/login?notice=email_changed", 303);
  });

const gone = (c: Ctx) =>
  page(c, <EmailChangeGone view={c.var.view} />, {
    title: "account.email_gone_title",
    status: 410,
    bare: true,
  });
