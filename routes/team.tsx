/** Who works for the tenant: roles, invitations, deactivating and reactivating. */
import { z } from "zod";
import { Invalid } from "../db/errors.ts";
import * as factors from "../db/factors.ts";
import * as identities from "../db/identities.ts";
import { isId } from "../db/ids.ts";
import * as invitations from "../db/invitations.ts";
import * as mails from "../db/mails.ts";
import * as rateLimits from "../db/rate_limits.ts";
import { can, type Role, roles } from "../db/roles.ts";
import { lifetimes } from "../db/tokens.ts";
import * as users from "../db/users.ts";
import { factorsReset } from "../views/mail/factors.tsx";
import { invitation as letter } from "../views/mail/invitations.tsx";
import { path } from "../views/path.ts";
import { TeamPage } from "../views/team.tsx";
import { emptyForm, type FormState } from "../views/ui/form.tsx";
import { askFirst, confirmed } from "./confirmed.tsx";
import * as fields from "./fields.ts";
import { may, scoped, signedIn } from "./guards.ts";
import { counters } from "./sign_in.ts";
import { type Ctx, invalid, page, readForm, redirect, web } from "./web.tsx";

const role = z.enum(roles as [Role]);
const Role = z.object({ role });
const Person = z.object({ email: fields.email, role });
const home = "/settings/team";

export default web.createApp()
  .use(signedIn, scoped)
  .get("/", may("users.read"), (c) => show(c, emptyForm))
  .get("/invitations", (c) => c.redirect(home, 303))
  .use(may("users.manage"))
  .post("/invitations", async (c) => {
    const read = await readForm(c, Person);
    if (!read.ok) return await show(c, read.form, 422);
    // New members can read the tenant's contacts: an open session alone must not let anybody in.
    const asked = await askFirst(c);
    if (asked) return asked;
    try {
      await invite(c, read.value);
    } catch (error) {
      if (!(error instanceof Invalid)) throw error;
      return await show(c, invalid(read.form, { email: error.code }), 422);
    }
    return await redirect(c, home, { kind: "ok", key: "team.invited" });
  })
  .post(`/invitations/${fields.idPart}/resend`, async (c) => {
    const again = async () =>
      await invite(c, await invitations.find(c.var.scope, c.req.param("id")));
    return await carryOut(c, again, "team.invited");
  })
  .post(`/invitations/${fields.idPart}/revoke`, async (c) => {
    await invitations.remove(c.var.scope, c.req.param("id"), c.var.session!.role!);
    return await redirect(c, home, { kind: "ok", key: "team.invitation_revoked" });
  })
  .post(`/${fields.idPart}/role`, async (c) => {
    const read = await readForm(c, Role);
    if (!read.ok) throw new Invalid("option", "role");
    const asked = await provenFor(c, read.value.role);
    if (asked) return asked;
    const change = () =>
      users.changeRole(c.var.scope, c.req.param("id"), read.value.role, c.var.session!.role!);
    return await carryOut(c, change, "team.role_changed");
  })
  .post(`/${fields.idPart}/deactivate`, async (c) => {
    const shut = () => users.deactivate(c.var.scope, c.req.param("id"), c.var.session!.role!);
    return await carryOut(c, shut, "team.deactivated_done");
  })
  .post(`/${fields.idPart}/factors/removal`, confirmed, async (c) => {
    const reset = async () => {
      const { scope, session, services: { config: { baseUrl } } } = c.var;
      const { name, email, identityId } = await factors.reset(
        scope,
        c.req.param("id"),
        session!.role!,
      );
      const { locale } = await identities.find(scope.sql, identityId);
      const told = factorsReset({ locale, name, baseUrl, tenant: session!.tenantName! });
      const { tenantId } = scope;
      await mails.send(scope.sql, { tenantId, kind: "factors_reset", to: email, ...told });
    };
    return await carryOut(c, reset, "team.factors_reset_done");
  })
  .post(`/${fields.idPart}/reactivate`, async (c) => {
    const asked = await askFirst(c);
    if (asked) return asked;
    const open = () => users.reactivate(c.var.scope, c.req.param("id"), c.var.session!.role!);
    return await carryOut(c, open, "team.reactivated_done");
  });

/**
 * Asks for a proof before a role that manages others is granted: somebody who finds an open
 * session cannot make a second owner of a tenant (OWASP ASVS 7.5.3). Null if no proof is needed.
 */
const provenFor = async (c: Ctx, role: Role): Promise<Response | null> =>
  can(role, "users.manage") ? await askFirst(c) : null;

/** Does it and says so, or why not: the last owner has to stay, members are not invited again. */
async function carryOut(c: Ctx, work: () => Promise<void>, done: string): Promise<Response> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    return await redirect(c, home, { kind: "error", key: error.code });
  }
  return await redirect(c, home, { kind: "ok", key: done });
}

/** Makes the link and writes the mail, in the language of the address's owner where one is known. */
async function invite(
  c: Ctx,
  { email, role }: { email: string; role: Role },
): Promise<void> {
  const { scope, session, services: { config: { baseUrl } } } = c.var;
  await rateLimits.count(counters(c), rateLimits.limits.invitations, scope.tenantId);
  const token = await invitations.create(scope, { email, role }, session!.role!);
  const known = await identities.lookup(scope.sql, email);
  const content = letter({
    locale: known?.locale ?? session!.locale,
    host: session!.name,
    tenantName: session!.tenantName!,
    link: baseUrl + path`/invitations/${token}`,
    days: lifetimes.invitation / 86_400_000,
    baseUrl,
  });
  const { tenantId } = scope;
  await mails.send(scope.sql, { tenantId, kind: "invitation", to: email, ...content });
}

async function show(c: Ctx, form: FormState, status: 200 | 422 = 200): Promise<Response> {
  const { scope, session, view } = c.var;
  const after = c.req.query("after") ?? "";
  const { users: list, next } = await users.list(scope, isId(after) ? after : null);
  return await page(
    c,
    <TeamPage
      view={view}
      form={form}
      users={list}
      next={next}
      invitations={view.can("users.manage") ? await invitations.list(scope) : []}
      self={session!.userId!}
    />,
    { title: "team.title", status },
  );
}
