/** Composes the answer to an access request, as the officer released it. */
import { asOf, cover } from "../db/access_covers.ts";
import * as packages from "../db/access_packages.ts";
import type { AccessPackage } from "../db/access_packages.ts";
import { partsOf } from "../db/access_parts.ts";
import type { Part } from "../db/archives.ts";
import type { CaseItem } from "../db/case_items.ts";
import * as casePersons from "../db/case_persons.ts";
import * as caseRedactions from "../db/case_redactions.ts";
import * as cases from "../db/cases.ts";
import { providerId } from "../db/controllers.ts";
import * as loginPackages from "../db/login_packages.ts";
import * as redactions from "../db/redactions.ts";
import type { Means } from "../db/rights.ts";
import type { Scope } from "../db/scope.ts";
import { pdf } from "../db/typst.ts";
import { accessFileNames } from "../views/access_files.ts";
import { accessLetter } from "../views/access_letters.ts";
import { accessDocument } from "../views/documents.ts";
import { formatter } from "../views/format.ts";
import { type Locale, translator } from "../views/i18n/translate.ts";
import type { Answer } from "./deliveries.ts";

/**
 * The answer to an approved request: everything about the person, with the data of others made
 * unreadable, or the statement that nothing is stored. Null while it is unclear who is meant.
 */
export async function compose(
  scope: Scope,
  item: CaseItem,
  means: Means,
): Promise<Answer | null> {
  const found = await cases.find(scope, item.caseId);
  const settled = await casePersons.settle(scope, item.caseId);
  if (settled.state === "unclear") return null;
  const person = settled.state === "known" ? settled.person : null;
  // Somebody unknown to us gets an answer saying so; the letter still refers to the request itself.
  const stranger = { contactIds: [], names: [found.personName], numbers: [] };
  const whose = person ?? { ...stranger, emails: [], phones: [] };
  const own = scope.tenantId === providerId;
  const answer = own
    ? await loginPackages.read(scope, means.secretKey, means.dataDir, whose)
    : await packages.read(scope, means, whose, languageOf(found));
  const proposed = person && !own ? await redactions.propose(scope, person, answer.tables) : [];
  const { words, leftOut, chosenAt } = await caseRedactions.effective(scope, item.id, proposed);
  // What came after the choice was not among what could be left out; the person's own data stay.
  const looked = chosenAt === null ? answer : asOf(answer, chosenAt, redactions.isOpen);
  const covered = cover(looked, words, (id) => leftOut.includes(id));
  return {
    parts: answerParts(scope.now, means, covered, found),
    outcome: { status: person ? "done" : "no_data" },
    async settle(after) {
      if (!await casePersons.isStill(after, item.caseId, settled)) return false;
      if (!await caseRedactions.use(after, item.id, chosenAt)) return false;
      if (person && !own) await packages.record(after, person);
      return true;
    },
  };
}

const languageOf = ({ language }: Pick<cases.Case, "language">): Locale =>
  language === "de" ? "de" : "en";

function answerParts(
  now: Date,
  means: Means,
  found: AccessPackage,
  { language, number }: cases.Case,
): Part[] {
  const locale = languageOf({ language });
  const t = translator(locale);
  const view = { t, locale, now, format: formatter(locale, now) } as const;
  const letter = pdf(accessDocument, accessLetter(view, found, number), { at: now });
  return partsOf(means, found, letter, accessFileNames(t), now);
}
