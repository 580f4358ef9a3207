/** Answers to the officer's letters, which come to an address of that letter alone. */
import * as cases from "../../db/cases.ts";
import * as caseLetters from "../../db/case_letters.ts";
import * as mails from "../../db/mails.ts";
import * as officerAnswers from "../../db/officer_answers.ts";
import * as officerCases from "../../db/officer_cases.ts";
import * as officers from "../../db/officers.ts";
import { authenticationOf } from "../../db/received_mails/authentications.ts";
import { officerConfirmation, officerHelp } from "../../views/mail/officers.tsx";
import type { InboundHandler } from "./handlers.ts";

export const officerAddresses: InboundHandler = {
  name: "officer",
  async lookup(pool, localPart) {
    if (!/^[a-z0-9]{16}$/.test(localPart)) return null;
    const found = await caseLetters.route(pool, localPart);
    return found && { tenantId: found.tenantId, sourceId: found.id };
  },
  async receive(scope, { sourceId, raw, contents }, { config }) {
    const authentication = authenticationOf(raw, contents.from?.address ?? "");
    const answered = await officerAnswers.receive(
      scope,
      sourceId,
      { contents, authentication },
      config,
    );
    if (!answered) return;
    const { baseUrl } = config;
    const { language: locale } = await officers.find(scope);
    const { number } = await cases.find(scope, answered.caseId);
    const letter = "why" in answered
      ? officerHelp({ locale, number, why: answered.why, baseUrl })
      : officerConfirmation({
        locale,
        number,
        action: answered.carriedOut,
        baseUrl,
        now: scope.now,
      });
    await mails.send(scope.sql, {
      tenantId: officerCases.mailTenant(scope.tenantId),
      kind: "case_letter",
      to: answered.to,
      ...letter,
    });
  },
};
