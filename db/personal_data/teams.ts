/** The personal-data map of teams, and of what each role sees. */
import { type Defaults, table } from "./columns.ts";

/** How a tenant divides its work: its own settings, deleted with it. */
const tenantDefaults: Defaults = {
  subject: "customer",
  purpose: "provision",
  basis: "b",
  role: "controller",
  retention: "tenant",
  erasure: "row",
};

export const teams = {
  "public.teams": table(tenantDefaults, {
    reference: "tenant_id id",
    settings: "name",
    copy: "name_key",
    trace: "created_at",
  }),

  "public.team_members": table({ ...tenantDefaults, subject: "user", erasure: "cascade" }, {
    reference: "tenant_id team_id user_id",
    trace: "added_at",
  }),

  "public.record_sights": table(tenantDefaults, {
    reference: "tenant_id",
    settings: "role contacts companies deals",
  }),
};
