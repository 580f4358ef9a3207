/**
 * Records in the case what became of letters about a request: undeliverable ones are reported to the
 * officer at once, and an announced end of a restriction waits for its letter to be sent.
 */
import { today } from "../db/clock.ts";
import * as mails from "../db/mails.ts";
import { mailTenant } from "../db/officer_cases.ts";
import * as officers from "../db/officers.ts";
import * as restrictionEnds from "../db/restriction_ends.ts";
import * as returnedLetters from "../db/returned_letters.ts";
import { system, withScope } from "../db/scope.ts";
import type { Tools } from "./job.ts";

/** Loaded when there is something to write, because they bring the texts of all pages with them. */
const letters = () => import("../views/mail/officers.tsx");

/** Does nothing for any other mail, or a second time. */
export async function noteEnded(
  { pool, config }: Pick<Tools, "pool" | "config">,
  mailId: string,
): Promise<void> {
  const letter = await returnedLetters.lookup(pool, mailId);
  if (!letter) return;
  const { controllerId, subject } = letter;
  const { isRestrictionEnd, returnedLetter } = await letters();
  await withScope(pool, { tenantId: controllerId, actor: system }, async (scope) => {
    const restriction = isRestrictionEnd(subject);
    if (letter.sent) {
      const found = restriction && await returnedLetters.caseOf(scope, letter);
      if (found) await restrictionEnds.noteNotified(scope, found.id, letter.writtenAt);
      return;
    }
    const number = await returnedLetters.note(scope, letter, { restriction });
    const officer = number && await officers.recipientOf(scope, today());
    if (!officer) return;
    const { email: to, language: locale } = officer;
    const { baseUrl } = config;
    await mails.send(scope.sql, {
      tenantId: mailTenant(controllerId),
      kind: "case_letter",
      to,
      ...returnedLetter({
        locale,
        number,
        subject,
        about: letter.reach !== null ? "recipient" : restriction ? "restriction" : "hint",
        baseUrl,
      }),
    });
  });
}
