/** The map of what lets programs in for a user, and of what they asked for already. */
import { table, tenantContent } from "./columns.ts";

const own = tenantContent("user", "tenant", "cascade");

export const api = {
  "public.api_tokens": table({ ...own, erasure: "job:remove_stale" }, {
    reference: "tenant_id id user_id",
    credentials: "token_digest",
    settings: "name scopes",
    trace: "expires_at last_used_at created_at",
  }, {
    // A name may say anything; the history tells that there is a token, not which.
    name: { inHistory: false },
  }),

  "public.api_requests": table(
    { ...own, retention: "api_request", erasure: "job:remove_stale" },
    {
      reference: "tenant_id user_id record_id",
      credentials: "key_digest request_digest",
      trace: "created_at",
    },
  ),
};
