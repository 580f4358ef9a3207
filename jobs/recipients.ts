/** Informs the recipients of a person's data of what became of it (Art. 19 GDPR). */
import * as caseItems from "../db/case_items.ts";
import * as caseNotices from "../db/case_notices.ts";
import * as mails from "../db/mails.ts";
import { mailTenant } from "../db/officer_cases.ts";
import * as transmissions from "../db/transmissions.ts";
import { recipientLetter } from "../views/mail/case_letters.tsx";
import { tenantJob } from "./job.ts";

/**
 * Mails each recipient that has an address once. The letter names no person but asks for a call.
 */
export const informRecipients = tenantJob("tell_recipients", async ({ scope, config }, payload) => {
  const { caseId, right } = await caseItems.find(scope, payload.itemId);
  const { found, controller, slug, country, contact, language: usual } = await caseNotices.facts(
    scope,
    caseId,
    payload.itemId,
  );
  for (const { id, reach, language } of await transmissions.listWaiting(scope, payload.itemId)) {
    await mails.send(scope.sql, {
      tenantId: mailTenant(scope.tenantId),
      kind: "recipient_notice",
      to: reach,
      ...recipientLetter({
        controller,
        slug,
        country,
        contact,
        locale: language === "de" || language === "en" ? language : usual,
        number: found.number,
        receivedOn: found.receivedOn,
        baseUrl: config.baseUrl,
        now: scope.now,
      }, right),
    });
    await transmissions.markNotified(scope, id, "mail", { kind: "system", id: null });
  }
});
