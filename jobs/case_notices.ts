/** Letters to the person after a decision: extensions, doubts, refusals, outcomes and endings. */
import * as caseItems from "../db/case_items.ts";
import * as caseNotices from "../db/case_notices.ts";
import * as certificates from "../db/certificates.ts";
import * as halts from "../db/halts.ts";
import type { Config } from "../db/config.ts";
import { providerId } from "../db/controllers.ts";
import * as personLetters from "../db/person_letters.ts";
import * as transfers from "../db/transfers.ts";
import * as transmissions from "../db/transmissions.ts";
import * as restrictionEnds from "../db/restriction_ends.ts";
import type { Scope } from "../db/scope.ts";
import { pdf } from "../db/typst.ts";
import { certificateDocument } from "../views/documents.ts";
import {
  type CaseFacts,
  erasureLetter,
  extensionLetter,
  identityLetter,
  recipientsLetter,
  refusalLetter,
  resultLetter,
  transferLetter,
} from "../views/mail/case_letters.tsx";
import { restrictionLetter } from "../views/mail/restriction_letters.ts";
import { certificateData } from "../views/mail/certificates.ts";
import { tenantJob } from "./job.ts";

type Facts = Awaited<ReturnType<typeof caseNotices.facts>>;

/** Writes one letter, provided that a step still calls for it. */
export const writePerson = tenantJob("write_person", async ({ scope, config }, payload) => {
  const { caseId, itemId, notice } = payload;
  const { found, item, ...controller } = await caseNotices.facts(scope, caseId, itemId);
  const end = notice === "restriction" ? await restrictionEnds.lookup(scope, itemId) : null;
  // Of somebody who has been erased since, no restriction is left that could end.
  if (notice === "restriction" && !end) return;
  const by = found.personEmail === "" ? "post" : "mail";
  if (!await caseNotices.note(scope, payload, by)) return;
  const facts = {
    ...controller,
    locale: found.language === "de" ? "de" : "en",
    number: found.number,
    receivedOn: found.receivedOn,
    baseUrl: config.baseUrl,
    now: scope.now,
  } as const;
  // The people whose controller is the provider are those who log in.
  const login = scope.tenantId === providerId;
  if (notice === "refusal") caseNotices.assertWhole({ ...item, ...controller });
  const letter = notice === "extension"
    ? extensionLetter(facts, found.extensionReason, found.dueOn, found.pausedAt !== null)
    : notice === "identity"
    ? identityLetter(facts, { reason: item.reason, login, address: controller.address })
    : notice === "restriction"
    ? restrictionLetter(facts, end!)
    : notice === "recipients"
    ? recipientsLetter(facts, await recipientsNotified(scope, caseId))
    : notice === "transfer"
    ? transferLetter(facts, await transfersDone(scope, payload))
    : notice === "result" && item.right === "erasure"
    ? await erased(scope, config, facts, { caseId, login, attached: by === "mail" })
    : notice === "result"
    ? resultLetter(
      facts,
      {
        ...{ ...item, login, barred: halts.addressesGiven(found).length > 0 },
        erased: await isErased(scope, caseId),
        reach: login ? null : await halts.reachOf(scope, item, found),
      },
      controller.authorities,
    )
    : refusalLetter(facts, { ...item, key: notice, authorities: controller.authorities });
  // On paper both are results.
  const kind = notice === "transfer" || notice === "forwarded" ? "result" : notice;
  await personLetters.send(scope, found, kind, letter);
});

/** Whether the person has been erased by a right of the same request. */
const isErased = async (scope: Scope, caseId: string): Promise<boolean> =>
  (await caseItems.list(scope, caseId))
    .some(({ right, status }) => right === "erasure" && status === "done");

/** The controllers that have got the data of a right, and when. */
async function transfersDone(
  scope: Scope,
  { caseId, itemId }: { caseId: string; itemId: string },
): Promise<{ recipient: string; at: Date }[]> {
  const all = await transfers.list(scope, caseId);
  return all.filter((each) => each.itemId === itemId)
    .flatMap(({ recipient, doneAt }) => doneAt ? [{ recipient, at: doneAt }] : []);
}

/** The recipients already informed; the others are named once they have been. */
async function recipientsNotified(scope: Scope, caseId: string): Promise<string[]> {
  const all = await transmissions.list(scope, caseId);
  return [...new Set(all.filter(({ toldAt }) => toldAt).map(({ recipient }) => recipient))];
}

/** What was erased; a mail has the certificate attached, a document that names nobody. */
async function erased(
  scope: Scope,
  { secretKey, baseUrl }: Config,
  { authorities, ...facts }: CaseFacts & Pick<Facts, "authorities">,
  { caseId, ...how }: { caseId: string; login: boolean; attached: boolean },
) {
  const [entry] = await certificates.listOf(scope, caseId);
  if (!entry) return erasureLetter(facts, null, authorities);
  const found = await certificates.find(scope, secretKey, entry.id);
  const data = certificateData(facts.locale, found, baseUrl);
  const bytes = pdf(certificateDocument, data, { at: entry.issuedAt });
  const name = `${found.certificate.reference}.pdf`;
  return {
    ...erasureLetter(facts, found.certificate, authorities, how),
    attachment: { name, bytes },
  };
}
