/**
 * The personal-data map of users' access tokens for programs, and of requests already made with
 * them.
 */
import { table, tenantContent } from "./columns.ts";

const own = tenantContent("user", "tenant", "cascade");

const content = tenantContent("customer", "tenant", "cascade");
const told = {
  ...tenantContent("contact", "webhook_delivery", "cascade"),
  erasure: "job:remove_stale",
} as const;

export const api = {
  "public.api_tokens": table({ ...own, erasure: "job:remove_stale" }, {
    reference: "tenant_id id user_id",
    credentials: "token_digest",
    settings: "name scopes",
    trace: "expires_at last_used_at created_at",
  }, {
    // A name may say anything; the history shows that there is a token, but not which.
    name: { inHistory: false },
  }),

  "public.webhooks": table(content, {
    reference: "tenant_id id created_by",
    contact: "name reach",
    credentials: "sealed",
    settings: "country kinds host port",
    trace: "failures rests_until paused_at created_at updated_at",
    technical: "version",
  }, {
    name: { inHistory: false },
  }),

  "public.webhook_deliveries": table(told, {
    reference: "tenant_id id webhook_id record_ids",
    trace: "event status attempts due_at answer_code error_code created_at settled_at",
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
