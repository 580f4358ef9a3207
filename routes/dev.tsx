/** Helps for development only: the mails that no server sends, read on this machine. */
import { NotFound } from "../db/errors.ts";
import * as mails from "../db/mails.ts";
import { KeptMails } from "../views/dev.tsx";
import { page, web } from "./web.tsx";

export default web.createApp()
  .use(async (c, next) => {
    // The links in these mails open accounts: a development server must not show them to a network.
    const here = /^(127\.|::1$|::ffff:127\.)/.test(c.var.ip);
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
