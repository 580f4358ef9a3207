/** The personal-data map of second factors: device keys, authenticator secrets, codes on paper. */
import { type Defaults, table } from "./columns.ts";

/** They grant access: kept as long as the log-in, and deleted with it. */
const own: Defaults = {
  subject: "user",
  purpose: "security",
  basis: "f",
  role: "controller",
  retention: "account",
  erasure: "cascade",
};

/** A tenant's rules on how its users log in. */
const tenantDefaults: Defaults = {
  subject: "customer",
  purpose: "security",
  basis: "f",
  role: "controller",
  retention: "tenant",
  erasure: "row",
};

export const factors = {
  "public.identity_providers": table(tenantDefaults, {
    reference: "tenant_id id",
    credentials: "secret_sealed",
    settings: "issuer client_id new_role demanded",
    trace: "created_at updated_at",
  }),

  "public.directory_tokens": table({ ...tenantDefaults, erasure: "job:remove_stale" }, {
    reference: "tenant_id id user_id",
    credentials: "token_digest",
    trace: "expires_at last_used_at created_at",
  }),

  "public.sign_in_domains": table(tenantDefaults, {
    reference: "tenant_id id",
    organisation: "domain",
    trace: "created_at verified_at",
  }),

  "public.totp_factors": table(own, {
    reference: "identity_id",
    credentials: "secret_sealed",
    trace: "created_at confirmed_at",
    technical: "last_step",
  }),

  "public.recovery_codes": table(own, {
    reference: "id identity_id",
    credentials: "code_digest",
    trace: "created_at used_at",
  }),

  "public.passkeys": table(own, {
    reference: "id identity_id",
    credentials: "credential_id public_key",
    settings: "name",
    trace: "created_at last_used_at",
    technical: "counter transports backed_up",
  }),
};
