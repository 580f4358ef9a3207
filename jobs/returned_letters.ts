/** A letter about a request that reached nobody: noted in the case, and told to the officer at once. */
import { today } from "../db/clock.ts";
import * as mails from "../db/mails.ts";
import { mailTenant } from "../db/officer_cases.ts";
import * as officers from "../db/officers.ts";
import * as returnedLetters from "../db/returned_letters.ts";
import { system, withScope } from "../db/scope.ts";
import { translator } from "../views/i18n/translate.ts";
import { returnedLetter } from "../views/mail/officers.tsx";
import type { Tools } from "./job.ts";

/** Does nothing for any other mail, nor a second time. */
export async function noteReturned(
  { pool, config }: Pick<Tools, "pool" | "config">,
  mailId: string,
): Promise<void> {
  const letter = await returnedLetters.lookup(pool, mailId);
  if (!letter) return;
  const { controllerId, subject } = letter;
  await withScope(pool, { tenantId: controllerId, actor: system }, async (scope) => {
    const restriction = isEnd(subject);
    const number = await returnedLetters.note(scope, letter, { restriction });
    const officer = number && await officers.recipientOf(scope, today());
    if (!officer) return;
    const { email: to, language: locale } = officer;
    const { baseUrl } = config;
    await mails.send(scope.sql, {
      tenantId: mailTenant(controllerId),
      kind: "case_letter",
      to,
      ...returnedLetter({ locale, number, subject, restriction, baseUrl }),
    });
  });
}

/** Whether it told of the end of a restriction. */
const isEnd = (subject: string): boolean =>
  (["de", "en"] as const).some((locale) =>
    subject.endsWith(translator(locale)("case_letters.restriction_subject", { number: "" }))
  );
