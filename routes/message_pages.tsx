/** The pages of a mail that is being written: the form with what it offers, and the preview. */
import * as people from "../db/arrivals/people.ts";
import * as contacts from "../db/contacts.ts";
import * as deals from "../db/deals.ts";
import type { Draft, DraftInput } from "../db/drafts.ts";
import { clean } from "../db/email_addresses.ts";
import { NotFound } from "../db/errors.ts";
import { isId } from "../db/ids.ts";
import { greetingIn } from "../db/letter_salutations.ts";
import * as mailAccounts from "../db/mail_accounts.ts";
import { type Field, fill, type Values } from "../db/mail_fields.ts";
import { type About, most, read, suggest, written } from "../db/mail_recipients.ts";
import * as signatures from "../db/mail_signatures.ts";
import * as templates from "../db/mail_templates.ts";
import * as messageFiles from "../db/message_files.ts";
import * as messageViews from "../db/message_views.ts";
import { agrees, judge, type Judgement } from "../db/outgoing_gate.ts";
import * as outgoing from "../db/outgoing_messages.ts";
import * as senders from "../db/senders.ts";
import { fullName } from "../views/contacts/names.ts";
import { formatter } from "../views/format.ts";
import { type Locale, locales, translator } from "../views/i18n/translate.ts";
import type { Parts } from "../views/mail/messages.tsx";
import { kinds, MessageFormPage } from "../views/messages/form.tsx";
import { MessagePreview } from "../views/messages/preview.tsx";
import { quoted } from "../views/messages/quotes.ts";
import { type FormState, valueOf } from "../views/ui/form.tsx";
import { type MessageInput, spoken } from "./message_forms.ts";
import { country } from "./records.ts";
import { type Ctx, page } from "./web.tsx";

interface Aside {
  /** The draft's id where it is kept already. */
  saved?: string;
  status?: 200 | 422;
}

/** The form, with the addresses and templates that it offers. */
export async function showForm(
  c: Ctx,
  form: FormState,
  { saved, status = 200 }: Aside = {},
): Promise<Response> {
  const { scope, view } = c.var;
  const offered = await suggest(scope, aboutOf(form));
  const props = {
    view,
    form,
    saved: saved ?? null,
    offered,
    templates: await templates.list(scope),
    files: saved ? await messageFiles.list(scope, saved) : [],
    barred: await barredIn(c, form),
    signatures: await signatures.find(scope),
  };
  return await page(c, <MessageFormPage {...props} />, { title: "outgoing.new", status });
}

/** Who may not be written to for this purpose: shown before anybody writes the mail. */
async function barredIn(c: Ctx, form: FormState): Promise<Judgement[]> {
  const { scope, services: { config: { secretKey } } } = c.var;
  const everyone = ["to", "cc", "bcc"].flatMap((name) => read(valueOf(form, name)).addresses);
  const kind = kinds.find((each) => each === valueOf(form, "kind")) ?? "correspondence";
  const judged = await judge(
    { scope, secretKey },
    kind,
    everyone.slice(0, most).map(({ address }) => address),
  );
  return judged.filter(({ bar }) => bar !== null && bar !== "unknown");
}

function aboutOf(form: FormState): About {
  const id = (name: string) => {
    const value = valueOf(form, name);
    return isId(value) ? value : null;
  };
  return { contactId: id("contactId"), companyId: id("companyId"), dealId: id("dealId") };
}

/** The mail as it will be sent, with what prevents sending. */
export async function showPreview(
  c: Ctx,
  draft: Draft,
  status: 200 | 422 = 200,
): Promise<Response> {
  const { scope, view, services: { config: { secretKey, mailFrom } } } = c.var;
  const everyone = outgoing.everyone(draft).map(({ address }) => address);
  const account = await mailAccounts.lookup(scope);
  const { from } = await senders.find(scope, scope.actor.userId, account, clean(mailFrom));
  const judged = await judge({ scope, secretKey }, draft.kind, everyone);
  const files = await messageFiles.list(scope, draft.id);
  const [recipient] = draft.kind === "marketing" ? judged : [];
  const asked = !recipient || recipient.bar !== null || await agrees(scope, recipient.address);
  const addresses = (text: string) => written(read(text).addresses);
  const props = {
    view,
    draft,
    head: {
      from: written([from]),
      to: addresses(draft.to),
      cc: addresses(draft.cc),
      bcc: addresses(draft.bcc),
    },
    parts: await partsOf(c, draft),
    barred: judged.filter(({ bar }) => bar !== null),
    unasked: asked ? null : { address: recipient.address, country: country(c) },
    passed: judged.filter(({ passed }) => passed !== null),
    files,
    tooLarge: messageFiles.areTooMuch(files),
  };
  return await page(c, <MessagePreview {...props} />, { title: "outgoing.preview", status });
}

/** The contents of the mail. */
export async function partsOf(c: Ctx, draft: DraftInput): Promise<Parts> {
  const { subject, body, quoted, signed, language } = draft;
  const signature = signed ? (await signatures.find(c.var.scope))[language] : "";
  return { subject, body, signature, quoted };
}

/** The form with a template put in: it never takes the place of what somebody typed. */
export async function withTemplate(
  c: Ctx,
  form: FormState,
  value: MessageInput,
): Promise<FormState> {
  const { scope } = c.var;
  const template = await templates.find(scope, value.template!);
  const contact = await personOf(c, value);
  const values = await valuesFor(c, value, contact, template.language);
  const typed = value.body.trim();
  const untouched = typed === "" || typed === contact?.greeting.trim();
  const body = fill(template.body, values);
  return {
    errors: {},
    values: {
      ...form.values,
      _blank: "1",
      language: template.language,
      quoted: await requoted(c, value, template.language),
      subject: value.subject || fill(template.subject, values),
      body: untouched ? body : `${body.trimEnd()}\n\n${typed}`,
    },
  };
}

/** What is quoted, its head in another language where it stands as it was made. */
async function requoted(
  { var: { scope, view } }: Ctx,
  { answersId, quoted: text }: MessageInput,
  language: Locale,
): Promise<string> {
  const message = answersId && text !== ""
    ? await unless(NotFound, () => messageViews.find(scope, answersId))
    : null;
  if (!message) return text;
  const stands = locales.some((each) => quoted(spoken(view, each), message).trim() === text.trim());
  return stands ? quoted(spoken(view, language), message) : text;
}

/** The recipient of the mail, if it is clear who that is. */
async function personOf(c: Ctx, value: MessageInput): Promise<contacts.Contact | null> {
  const { scope } = c.var;
  const [first] = read(value.to).addresses;
  const matched = first ? await people.matches(scope, [first.address]) : [];
  const known = matched.find(({ contactId, restricted }) => contactId && !restricted);
  const id = matched.some(({ contactId }) => contactId === value.contactId)
    ? value.contactId
    : known?.contactId ?? (first ? null : value.contactId);
  return id ? await unless(NotFound, () => contacts.find(scope, id)) : null;
}

async function valuesFor(
  c: Ctx,
  { dealId }: MessageInput,
  contact: contacts.Contact | null,
  language: "de" | "en",
): Promise<Values> {
  const { scope, view, session } = c.var;
  const format = formatter(language, view.now, { country: session?.tenantCountry ?? undefined });
  const deal = dealId ? await unless(NotFound, () => deals.find(scope, dealId)) : null;
  const amount = deal?.amountCents ?? null;
  const values: Record<Field, string> = {
    salutation: contact
      ? greetingIn(language, contact)
      : translator(language)("mails.greeting_nobody"),
    first_name: contact?.firstName ?? "",
    last_name: contact ? [contact.namePrefix, contact.lastName].filter(Boolean).join(" ") : "",
    name: contact ? fullName(contact) : "",
    company: contact?.companies[0]?.companyName ?? deal?.companyName ?? "",
    position: contact?.position ?? "",
    customer_number: contact?.customerNumber ?? "",
    deal: deal?.title ?? "",
    amount: amount === null ? "" : format.money(amount, deal!.currency),
    my_name: session?.name ?? "",
    today: format.date(view.now),
  };
  return values;
}

/** The result, or null where it throws this. */
async function unless<T>(
  // deno-lint-ignore no-explicit-any
  kind: new (...args: any[]) => Error,
  find: () => Promise<T>,
): Promise<T | null> {
  try {
    return await find();
  } catch (error) {
    if (error instanceof kind) return null;
    throw error;
  }
}
