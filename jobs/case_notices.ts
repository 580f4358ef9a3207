/** Letters to the person after a decision: more time, a doubt, a refusal, what was done, what ends. */
import * as caseNotices from "../db/case_notices.ts";
import * as certificates from "../db/certificates.ts";
import type { Config } from "../db/config.ts";
import { providerId } from "../db/controllers.ts";
import * as personLetters from "../db/person_letters.ts";
import * as transmissions from "../db/transmissions.ts";
import * as restrictions from "../db/restrictions.ts";
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
  restrictionLetter,
  resultLetter,
} from "../views/mail/case_letters.tsx";
import { certificateData } from "../views/mail/certificates.ts";
import { tenantJob } from "./job.ts";

type Facts = Awaited<ReturnType<typeof caseNotices.facts>>;

/** Writes one, if a step still asks for it. */
export const writePerson = tenantJob("write_person", async ({ scope, config }, payload) => {
  const { caseId, itemId, notice } = payload;
  const { found, item, ...controller } = await caseNotices.facts(scope, caseId, itemId);
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
  // The provider's own persons are those who log in.
  const login = scope.tenantId === providerId;
  if (notice === "refusal") caseNotices.assertWhole({ ...item, ...controller });
  const restriction = notice === "restriction" ? await restrictions.lookup(scope, itemId) : null;
  const letter = notice === "extension"
    ? extensionLetter(facts, found.extensionReason, found.dueOn, found.pausedAt !== null)
    : notice === "identity"
    ? identityLetter(facts, item.reason)
    : notice === "restriction"
    ? restrictionLetter(facts, restriction!.liftOn!)
    : notice === "recipients"
    ? recipientsLetter(facts, await toldOf(scope, caseId))
    : notice === "result" && item.right === "erasure"
    ? await erased(scope, config, { ...facts, authorities: controller.authorities }, caseId, login)
    : notice === "result"
    ? resultLetter(facts, { ...item, login }, controller.authorities)
    : refusalLetter(facts, { ...item, authorities: controller.authorities });
  await personLetters.send(scope, found, notice, letter);
  // A letter on paper tells when it is in the post, see db/person_letters.ts.
  if (notice === "restriction" && by === "mail") await restrictions.noteTold(scope, caseId);
});

/** Those who know; who is still to be told is named when that is done. */
async function toldOf(scope: Scope, caseId: string): Promise<string[]> {
  const all = await transmissions.list(scope, caseId);
  return [...new Set(all.filter(({ toldAt }) => toldAt).map(({ recipient }) => recipient))];
}

/** What was erased, with the certificate as a document: it names nobody. */
async function erased(
  scope: Scope,
  { secretKey, baseUrl }: Config,
  { authorities, ...facts }: CaseFacts & Pick<Facts, "authorities">,
  caseId: string,
  login: boolean,
) {
  const [entry] = await certificates.listOf(scope, caseId);
  if (!entry) return erasureLetter(facts, null, authorities);
  const found = await certificates.find(scope, secretKey, entry.id);
  const data = certificateData(facts.locale, found, baseUrl);
  const bytes = pdf(certificateDocument, data, { at: entry.issuedAt });
  const name = `${found.certificate.reference}.pdf`;
  return {
    ...erasureLetter(facts, found.certificate, authorities, login),
    attachment: { name, bytes },
  };
}
