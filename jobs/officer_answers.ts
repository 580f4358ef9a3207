/** Handles an answer of the officer: carries it out if possible, and reports the result. */
import * as caseLetters from "../db/case_letters.ts";
import * as cases from "../db/cases.ts";
import * as mails from "../db/mails.ts";
import * as officerAnswers from "../db/officer_answers.ts";
import * as officerCases from "../db/officer_cases.ts";
import * as officerConfirmations from "../db/officer_confirmations.ts";
import * as officerEffects from "../db/officer_effects.ts";
import * as officers from "../db/officers.ts";
import * as rateLimits from "../db/rate_limits.ts";
import { authenticationOf } from "../db/received_mails/authentications.ts";
import type { Scope } from "../db/scope.ts";
import { officerConfirmation } from "../views/mail/officer_confirmations.ts";
import { officerHelp } from "../views/mail/officers.tsx";
import type { Received } from "./inbound/handlers.ts";
import type { Tools } from "./job.ts";

/** Handles an answer within the transaction that marks it as read. */
export async function take(
  scope: Scope,
  { sourceId, raw, contents }: Received,
  { config }: Pick<Tools, "config">,
): Promise<void> {
  const { authserv } = config.inbound ?? {};
  const authentication = authenticationOf(raw, contents.from?.address ?? "", authserv);
  const answered = await officerAnswers.receive(
    scope,
    sourceId,
    { contents, authentication },
    config,
  );
  if (!answered) return;
  const { baseUrl, inbound } = config;
  if ("done" in answered) {
    return await officerConfirmations.send(
      scope,
      config,
      answered.done,
      (facts) => officerConfirmation({ ...facts, baseUrl }),
    );
  }
  // More requests for help than a person can have made.
  const counters = { sql: scope.sql, secretKey: config.secretKey };
  if (await rateLimits.isExceeded(counters, rateLimits.limits.officerHelp, sourceId)) return;
  if ("asks" in answered) {
    const { renew } = await import("./officer_codes.ts");
    return await renew(scope, answered, { config });
  }
  const answers = await caseLetters.lookup(scope, sourceId);
  const { language: locale } = await officers.find(scope);
  const { number } = await cases.find(scope, answered.caseId);
  const open = await officerCases.lookup(scope, answered.caseId);
  const effects = await officerEffects.list(scope, answered.caseId);
  await mails.send(scope.sql, {
    tenantId: officerCases.mailTenant(scope.tenantId),
    kind: "case_letter",
    to: answered.to,
    replyTo: answers && inbound ? `${answers.replyPart}@${inbound.domain}` : undefined,
    ...officerHelp({
      ...{ locale, number, baseUrl },
      why: answered.why,
      items: open?.items ?? [],
      effects: effects.map(({ order }) => order),
    }),
  });
}
