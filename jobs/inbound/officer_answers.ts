/**
 * The addresses at which answers to the officer's letters arrive; their handling is loaded on
 * demand.
 */
import * as caseLetters from "../../db/case_letters.ts";
import type { InboundHandler } from "./handlers.ts";

export const officerAddresses: InboundHandler = {
  name: "officer",
  async lookup(pool, localPart) {
    if (!/^[a-z0-9]{16}$/.test(localPart)) return null;
    const found = await caseLetters.route(pool, localPart);
    return found && { tenantId: found.tenantId, sourceId: found.id };
  },
  async receive(scope, mail, tools) {
    // The process that talks to strangers only looks addresses up, and never gets here.
    const { take } = await import("../officer_answers.ts");
    await take(scope, mail, tools);
  },
};
