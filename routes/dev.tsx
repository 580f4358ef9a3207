/** Helps for development only: mails that no server sends, shown on this machine. */
import { NotFound } from "../db/errors.ts";
import * as mails from "../db/mails.ts";
import { KeptMails } from "../views/dev.tsx";
import { type Ctx, page, web } from "./web.tsx";

export default web.createApp()
  .use(async (c, next) => {
    // The links in these mails open accounts: a development server must not show them to a network.
    const here = /^(127\.|::1$)/.test(c.var.ip) && isOwnHost(c);
    if (c.var.services.config.appEnv !== "development" || !here) throw new NotFound("page");
    await next();
  })
  .get("/mail", async (c) => {
    const list = await mails.listKept(c.var.services.pool);
    c.header("Cache-Control", "no-store");
    return await page(c, <KeptMails view={c.var.view} mails={list} />, {
      title: "operator.dev_mail",
      bare: true,
    });
  });

/** Whether the browser asked for a name of ours: a foreign one may be led to this machine. */
function isOwnHost(c: Ctx): boolean {
  const asked = URL.parse(`http://${c.req.header("Host") ?? new URL(c.req.url).host}`)?.hostname;
  const own = new URL(c.var.services.config.baseUrl).hostname;
  return asked !== undefined &&
    (asked === own || asked === "localhost" || /^(127\.\d+\.\d+\.\d+|\[::1\])$/.test(asked));
}
