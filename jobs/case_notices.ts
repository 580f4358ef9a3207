/** Letters to the person after a decision: more time, a doubt about who it is, a refusal. */
import * as caseNotices from "../db/case_notices.ts";
import * as mails from "../db/mails.ts";
import { mailTenant } from "../db/officer_cases.ts";
import * as restrictions from "../db/restrictions.ts";
import {
  extensionLetter,
  identityLetter,
  refusalLetter,
  restrictionLetter,
  resultLetter,
} from "../views/mail/case_letters.tsx";
import { tenantJob } from "./job.ts";

/** Writes one, if a step still asks for it; who gave no e-mail address gets it on paper. */
export const writePerson = tenantJob("write_person", async ({ scope, config }, payload) => {
  const { caseId, itemId, notice } = payload;
  const { found, item, ...controller } = await caseNotices.facts(scope, caseId, itemId);
  if (found.personEmail === "" || !await caseNotices.note(scope, payload)) return;
  const facts = {
    ...controller,
    locale: found.language === "de" ? "de" : "en",
    number: found.number,
    receivedOn: found.receivedOn,
    baseUrl: config.baseUrl,
    now: scope.now,
  } as const;
  if (notice === "refusal") caseNotices.assertWhole({ ...item, ...controller });
  const restriction = notice === "restriction" ? await restrictions.lookup(scope, itemId) : null;
  const letter = notice === "extension"
    ? extensionLetter(facts, found.extensionReason, found.dueOn)
    : notice === "identity"
    ? identityLetter(facts, item.reason)
    : notice === "restriction"
    ? restrictionLetter(facts, restriction!.liftOn!)
    : notice === "result"
    ? resultLetter(facts, item.right)
    : refusalLetter(facts, { ...item, authorities: controller.authorities });
  await mails.send(scope.sql, {
    tenantId: mailTenant(scope.tenantId),
    kind: "case_notice",
    to: found.personEmail,
    ...letter,
  });
  if (notice === "restriction") await restrictions.noteTold(scope, itemId);
});
