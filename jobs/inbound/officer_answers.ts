/** Addresses of the officer's letters, to which answers come; what is done with one loads when it comes. */
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
    // The process that hears strangers looks addresses up, and never comes here.
    const { take } = await import("../officer_answers.ts");
    await take(scope, mail, tools);
  },
};
