/** A tenant's own identity provider, and the domains it is responsible for. */
import { z } from "zod";
import { Invalid } from "../db/errors.ts";
import * as providers from "../db/identity_providers.ts";
import * as mails from "../db/mails.ts";
import * as rateLimits from "../db/rate_limits.ts";
import * as demands from "../db/sign_in_demands.ts";
import { domainLink } from "../views/mail/factors.tsx";
import { path } from "../views/path.ts";
import { confirmed } from "./confirmed.tsx";
import { showSettings } from "./factor_demands.tsx";
import * as fields from "./fields.ts";
import { may, scoped, signedIn } from "./guards.ts";
import { counters } from "./sign_in.ts";
import { faultOf, invalid, readForm, redirect, web } from "./web.tsx";

const home = "/settings/sign-in";

/** Where a provider lives: without query or user; the register says whether it is reached. */
const issuer = fields.name(500).refine((text) => {
  const url = URL.parse(text);
  return url !== null && text.length >= 9 && ["https:", "http:"].includes(url.protocol) &&
    url.hostname !== "" &&
    url.search === "" && url.hash === "" && url.username === "" && url.password === "";
}, "url");

const Provider = z.object({
  issuer,
  clientId: fields.name(300),
  // Empty keeps what there is; one that a confirmation left out has to be typed again.
  secret: z.string({ error: "required" }).max(1_000),
  newRole: z.enum(["member", "read_only", ""]).transform((role) => role === "" ? null : role),
});

const Domain = z.object({
  domain: fields.name(253).transform((text) => text.toLowerCase().replace(/^@/, ""))
    .refine(
      (text) => /^([a-z0-9][a-z0-9-]{0,61}\.){1,8}[a-z][a-z0-9-]{1,61}$/.test(text),
      "single_sign_on.domain_fault",
    ),
});

const Demand = z.object({ demanded: z.literal("on").optional().transform(Boolean) });

// Whom a provider names is let in as that person, an owner too: so owners alone name a provider.
const byOwners = may("owners.manage");

export default web.createApp()
  .use(signedIn, scoped, may("settings.manage"))
  .post("/provider", byOwners, confirmed, async (c) => {
    const read = await readForm(c, Provider);
    if (!read.ok) return await showSettings(c, { provider: read.form }, 422);
    await providers.save(c.var.scope, c.var.services.config, read.value);
    return await redirect(c, home, { kind: "ok", key: "factors.settings_saved" });
  })
  .post("/provider/removal", byOwners, confirmed, async (c) => {
    await providers.remove(c.var.scope);
    return await redirect(c, home, { kind: "ok", key: "factors.settings_saved" });
  })
  .post("/demand", byOwners, confirmed, async (c) => {
    const read = await readForm(c, Demand);
    if (!read.ok) return await showSettings(c, { demand: read.form }, 422);
    const fault = await faultOf(demands.make(c.var.scope, read.value.demanded));
    if (fault) return await showSettings(c, { demand: invalid(read.form, fault) }, 422);
    return await redirect(c, home, { kind: "ok", key: "factors.settings_saved" });
  })
  .post("/domains", byOwners, confirmed, async (c) => {
    const read = await readForm(c, Domain);
    if (!read.ok) return await showSettings(c, { domain: read.form }, 422);
    const { scope, session, services: { config: { baseUrl } } } = c.var;
    const { domain } = read.value;
    await rateLimits.count(counters(c), rateLimits.limits.invitations, scope.tenantId);
    try {
      const token = await providers.addDomain(scope, domain);
      const link = baseUrl + path`/sign-in-domains/${token}`;
      const { locale, tenantName } = session!;
      const letter = domainLink({ locale, name: "", baseUrl, domain, tenant: tenantName!, link });
      const to = `postmaster@${domain}`;
      const { tenantId } = scope;
      await mails.send(scope.sql, { tenantId, kind: "sign_in_domain", to, ...letter });
    } catch (error) {
      if (!(error instanceof Invalid)) throw error;
      return await showSettings(c, { domain: invalid(read.form, { domain: error.code }) }, 422);
    }
    return await redirect(c, home, { kind: "info", key: "single_sign_on.domain_asked" });
  })
  .post(`/domains/${fields.idPart}/removal`, byOwners, confirmed, async (c) => {
    await providers.removeDomain(c.var.scope, c.req.param("id"));
    return await redirect(c, home, { kind: "ok", key: "factors.settings_saved" });
  });
