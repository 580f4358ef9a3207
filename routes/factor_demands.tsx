/** Of whom a tenant demands a second factor: the setting, and the way of those who lack it. */
import { z } from "zod";
import * as factors from "../db/factors.ts";
import { roles } from "../db/roles.ts";
import { SignInSettings } from "../views/factors/settings.tsx";
import { confirmed } from "./confirmed.tsx";
import { may, scoped, signedIn } from "./guards.ts";
import { page, readForm, redirect, web } from "./web.tsx";

const role = z.enum(roles as [typeof roles[number]]);
const Demand = z.object({
  roles: z.preprocess((value) => value === undefined ? [] : [value].flat(), z.array(role)),
});

export default web.createApp()
  .use(signedIn, scoped, may("settings.manage"))
  .get("/", async (c) => {
    const values = { roles: await factors.demanded(c.var.scope) as string[] };
    const node = <SignInSettings view={c.var.view} form={{ values, errors: {} }} />;
    return await page(c, node, { title: "factors.settings" });
  })
  .post("/", confirmed, async (c) => {
    const read = await readForm(c, Demand);
    if (!read.ok) {
      const node = <SignInSettings view={c.var.view} form={read.form} />;
      return await page(c, node, { title: "factors.settings", status: 422 });
    }
    await factors.demand(c.var.scope, read.value.roles);
    return await redirect(c, "/settings/sign-in", { kind: "ok", key: "factors.settings_saved" });
  });

/** What is open to who still owes a factor: making one, going away, other tenants, what is public. */
const open =
  /^\/(account(\/factors.*|\/language|\/theme)?|confirmation.*|logout|tenants|login.*|keys|imprint|privacy.*|certificates.*|\.well-known.*|notifications\/(stream|unread))$/;

/** Leads those who owe their tenant a second factor to the page that makes one. */
export const untilEnrolled = web.createMiddleware(async (c, next) => {
  if (!c.var.session?.owesFactor || open.test(c.req.path)) return await next();
  return c.redirect("/account/factors", 303);
});
