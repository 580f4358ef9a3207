/** Choosing the tenant to work for, for those who belong to several. */
import { z } from "zod";
import { NotFound } from "../db/errors.ts";
import * as sessions from "../db/sessions.ts";
import * as demands from "../db/sign_in_demands.ts";
import * as tenants from "../db/tenants.ts";
import * as users from "../db/users.ts";
import { TenantIndex } from "../views/tenants.tsx";
import { signedIn } from "./guards.ts";
import { type Ctx, page, readForm, redirect, web } from "./web.tsx";

const Choice = z.object({ tenantId: z.uuid() });

export default web.createApp()
  .use(signedIn)
  .get("/", async (c) => {
    const { session, services, view } = c.var;
    const memberships = await tenants.memberships(services.pool, session!.identityId);
    const bound = await boundTo(c);
    const node = (
      <TenantIndex
        view={view}
        memberships={memberships}
        current={session!.tenantId}
        bound={bound}
      />
    );
    return await page(c, node, { title: "tenants.title", bare: true });
  })
  .post("/", async (c) => {
    const { session, services } = c.var;
    const read = await readForm(c, Choice);
    const memberships = await tenants.memberships(services.pool, session!.identityId);
    const chosen = read.ok && memberships.find((each) => each.tenantId === read.value.tenantId);
    if (!chosen) throw new NotFound("tenant");
    // A tenant's identity provider vouches for nobody in another tenant.
    if (session!.factor === "single_sign_on" && chosen.tenantId !== session!.tenantId) {
      return await redirect(c, "/tenants", { kind: "error", key: "single_sign_on.other_tenant" });
    }
    if (chosen.tenantId === await boundTo(c)) {
      return await redirect(c, "/tenants", { kind: "error", key: "single_sign_on.demanded" });
    }
    await sessions.enter(services.pool, session!.id, chosen.tenantId);
    await users.meet(services.pool, chosen.tenantId, session!.identityId);
    return c.redirect("/start", 303);
  });

/** The tenant this session may not enter, because it was not begun through its provider; or null. */
async function boundTo(c: Ctx): Promise<string | null> {
  const { session, services } = c.var;
  if (session!.factor === "single_sign_on") return null;
  return (await demands.lookup(services.pool, session!.identityId))?.tenantId ?? null;
}
