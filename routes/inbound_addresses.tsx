/** One's own address for copies and forwards: created, renewed and removed on the account page. */
import * as inboundAddresses from "../db/inbound_addresses.ts";
import { may, scoped, signedIn } from "./guards.ts";
import { redirect, web } from "./web.tsx";

export default web.createApp()
  .use(signedIn, scoped, may("mail_accounts.manage"))
  .get("/", (c) => c.redirect("/account", 303))
  .post("/", async (c) => {
    await inboundAddresses.renew(c.var.scope, c.var.session!.userId!);
    return await redirect(c, "/account", { kind: "ok", key: "mailboxes.address_created" });
  })
  .post("/removal", async (c) => {
    await inboundAddresses.remove(c.var.scope, c.var.session!.userId!);
    return await redirect(c, "/account", { kind: "ok", key: "mailboxes.address_removed" });
  });
