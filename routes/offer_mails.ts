/** The mail that an offer is sent with: an ordinary draft with the PDF attached. */
import * as dataKeys from "../db/data_keys.ts";
import * as drafts from "../db/drafts.ts";
import { Invalid, NotFound } from "../db/errors.ts";
import * as intake from "../db/file_intake.ts";
import * as files from "../db/files.ts";
import { newId } from "../db/ids.ts";
import { compose } from "../db/letter_salutations.ts";
import { suggest, written } from "../db/mail_recipients.ts";
import * as offerSteps from "../db/offer_steps.ts";
import * as offers from "../db/offers.ts";
import type { Scope } from "../db/scope.ts";
import { formatter } from "../views/format.ts";
import { translator } from "../views/i18n/translate.ts";
import { path } from "../views/path.ts";
import * as fields from "./fields.ts";
import { may, signedIn, whoIs } from "./guards.ts";
import { subjectsOf, valuesOf } from "./letter_values.ts";
import { mannerTo } from "./offer_forms.ts";
import { fileName } from "./offer_papers.ts";
import { inScope } from "./own_scopes.ts";
import { type Ctx, redirect, web } from "./web.tsx";

export default web.createApp()
  .post(`/${fields.idPart}/mail`, signedIn, may("mail.send"), write);

/** Begins the mail, or goes back to the one that was begun and is not sent yet. */
async function write(c: Ctx): Promise<Response> {
  const { session, services: { config } } = c.var;
  const who = session && whoIs(session);
  if (!who) return c.redirect("/tenants", 303);
  const { tenantId } = who;
  const begun = await inScope(c, who, async (scope) => {
    const offer = await offers.find(scope, c.req.param("id")!);
    const paper = await offers.paperOf(scope, offer.id);
    // What the law alone keeps is for no further mail.
    if (paper === null || offer.dealId === null) return { offer: null };
    const messageId = await openOf(scope, offer.messageId);
    if (messageId) return { messageId };
    return { offer, paper, dataKeyId: await dataKeys.current(scope, config) };
  });
  if (begun.messageId) return c.redirect(path`/messages/${begun.messageId}/edit`, 303);
  if (!begun.offer) return c.redirect(path`/offers/${c.req.param("id")!}`, 303);
  const { offer, paper, dataKeyId } = begun;
  // Bytes go into the storage while no transaction is open.
  const name = fileName(c.var.view, offer);
  const taken = await intake.receive(
    config,
    { tenantId, dataKeyId },
    name,
    ReadableStream.from([paper]),
  ).catch(intake.refusalOf);
  if (typeof taken === "string") {
    return await redirect(c, path`/offers/${offer.id}`, { kind: "error", key: `files.${taken}` });
  }
  let kept = false;
  try {
    let messageId = newId();
    kept = await inScope(c, who, async (scope) => {
      const open = await openOf(scope, await offerSteps.holdMail(scope, offer.id));
      if (open) {
        // Another press of the button was quicker.
        messageId = open;
        return false;
      }
      const { input, origin } = await draftOf(c, offer);
      await drafts.save(scope, messageId, input, origin, new URL(config.baseUrl).hostname);
      await offerSteps.goWith(scope, offer.id, messageId);
      return await files.create(scope, newId(), { kind: "message", id: messageId }, taken);
    });
    return c.redirect(path`/messages/${messageId}/edit`, 303);
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    const key = "files.quota_full";
    return await redirect(c, path`/offers/${offer.id}`, { kind: "error", key });
  } finally {
    if (!kept) await intake.discard(config, tenantId, taken);
  }
}

/** The mail if it is one of the acting user's that is not sent yet. */
const openOf = async (scope: Scope, id: string | null): Promise<string | null> =>
  id !== null && await drafts.stateOf(scope, id) === "draft" ? id : null;

/** The contents of the mail: to the offer's contact, as correspondence about the deal. */
async function draftOf(c: Ctx, offer: offers.Offer) {
  const { scope } = c.var;
  const { contactId, companyId, dealId, language, number, subject } = offer;
  const t = translator(language);
  const about = { contactId, companyId, dealId };
  const subjects = await subjectsOf(c, { contactId, companyId }).catch((error) => {
    if (error instanceof NotFound) return { contact: null, company: null, deal: null };
    throw error;
  });
  const offered = await suggest(scope, about);
  const first = offered.find((each) => each.contactId === contactId) ?? offered[0];
  const { contact } = subjects;
  const { salutation } = await valuesOf(c, subjects, language);
  // The text is of the offer's language, whichever one its person is usually written to in.
  const greeting = contact && !contact.letterSalutation
    ? compose({ ...contact, language })
    : salutation;
  // The usual subject says what the mail's own begins with.
  const usual = t("offers.subject_usual", { deal: "" });
  const what = subject.startsWith(usual) ? subject.slice(usual.length) : subject;
  const day = formatter(language, scope.now).date(offer.validUntil);
  const input: drafts.DraftInput = {
    to: first ? written([first]) : "",
    cc: "",
    bcc: "",
    subject: t("offers.mail_subject", { number: number!, subject: what }).slice(0, 200),
    body: t(`offers.mail_body${mannerTo(subjects)}`, { greeting, number: number!, day }),
    quoted: "",
    // Whether the person has asked for it is the writer's to say: an objection counts until then.
    kind: "correspondence",
    language,
    signed: true,
  };
  return { input, origin: { ...about, answersId: null } };
}
