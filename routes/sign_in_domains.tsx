/** The link by which a postmaster lets a tenant's provider sign in people of the domain. */
import * as providers from "../db/identity_providers.ts";
import * as rateLimits from "../db/rate_limits.ts";
import * as demands from "../db/sign_in_demands.ts";
import * as tokens from "../db/tokens.ts";
import { DomainGone, DomainPage } from "../views/single_sign_on.tsx";
import * as fields from "./fields.ts";
import { counted, unstored } from "./link_pages.ts";
import { type Ctx, page, web } from "./web.tsx";

// Opening it changes nothing, for scanners open links; its button says yes.
export default web.createApp()
  .use(counted(rateLimits.limits.links), unstored)
  .get(`/${fields.tokenPart}`, async (c) => {
    const { pool } = c.var.services;
    const found = await tokens.lookup(pool, "sign_in_domain", c.req.param("token"));
    return found ? await showLink(c) : await gone(c);
  })
  .post(`/${fields.tokenPart}`, async (c) => {
    const { view, services: { pool } } = c.var;
    const tenantId = await providers.verifyDomain(pool, c.req.param("token"), view.now);
    if (!tenantId) return await gone(c);
    await demands.enforce(pool, tenantId);
    return await page(c, <DomainPage view={view} done />, {
      title: "single_sign_on.domain_title",
      bare: true,
    });
  });

const showLink = (c: Ctx) =>
  page(c, <DomainPage view={c.var.view} done={false} />, {
    title: "single_sign_on.domain_title",
    bare: true,
  });

const gone = (c: Ctx) =>
  page(c, <DomainGone view={c.var.view} />, {
    title: "single_sign_on.domain_gone",
    status: 410,
    bare: true,
  });
