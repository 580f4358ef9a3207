/**
 * Letters to the installation's privacy addresses: the provider's, and each tenant's by its short
 * name.
 */
import { receiveLetter } from "../../db/case_arrivals.ts";
import { providerId } from "../../db/controllers.ts";
import { keyOf } from "../../db/received_mails/keys.ts";
import * as tenants from "../../db/tenants.ts";
import type { InboundHandler } from "./handlers.ts";

/** `privacy` and `datenschutz`, optionally with a tenant's short name: `privacy.nordlicht`. */
const address = /^(?:privacy|datenschutz)(?:\.([a-z0-9-]{1,80}))?$/;

export const privacyAddresses: InboundHandler = {
  name: "privacy",
  async lookup(pool, localPart) {
    const found = address.exec(localPart);
    if (!found) return null;
    const [, slug] = found;
    if (slug === undefined) return { tenantId: providerId, sourceId: providerId };
    const tenant = await tenants.lookup(pool, slug);
    return tenant && { tenantId: tenant.id, sourceId: tenant.id };
  },
  async receive(scope, { id, receivedAt, raw, contents, verdicts }, { config }) {
    const letter = { id, key: keyOf(raw), receivedAt, ...contents };
    await receiveLetter(scope, { ...config, verdicts }, letter);
  },
};
