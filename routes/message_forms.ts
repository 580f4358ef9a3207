/** The form of a mail: what it may hold, what is still wrong with it, and how it is begun. */
import { z } from "zod";
import * as people from "../db/arrivals/people.ts";
import * as companies from "../db/companies.ts";
import * as contacts from "../db/contacts.ts";
import * as deals from "../db/deals.ts";
import type { Draft, DraftInput, Origin } from "../db/drafts.ts";
import { NotFound } from "../db/errors.ts";
import { formId, isId } from "../db/ids.ts";
import { left } from "../db/mail_fields.ts";
import { most, read, suggest, written } from "../db/mail_recipients.ts";
import * as messageViews from "../db/message_views.ts";
import * as messages from "../db/messages.ts";
import type { Scope } from "../db/scope.ts";
import { formatter } from "../views/format.ts";
import { type Locale, translator } from "../views/i18n/translate.ts";
import type { FormState } from "../views/ui/form.tsx";
import { answerSubject, forwarded, forwardSubject, quoted } from "../views/messages/quotes.ts";
import type { View } from "../views/view.ts";
import { maybe } from "./records.ts";

/** Several lines: line ends alike, no other control characters. */
export const block = (longest: number) =>
  z.string().optional().default("").transform((text) =>
    text.toWellFormed().normalize("NFC").replace(/\r\n?/g, "\n").replace(/[^\P{Cc}\n\t]+/gu, "")
  ).pipe(z.string().max(longest));

const record = z.string().optional().transform((id) => id && isId(id) ? id : null);

export const MessageForm = z.object({
  id: z.string().optional(),
  contactId: record,
  companyId: record,
  dealId: record,
  answersId: record,
  to: maybe(4000),
  cc: maybe(4000),
  bcc: maybe(4000),
  subject: maybe(200),
  body: block(100_000),
  quoted: block(100_000),
  kind: z.enum(["own_request", "contract", "correspondence", "marketing"]).optional()
    .default("correspondence"),
  language: z.enum(["de", "en"]).optional().default("de"),
  signed: z.string().optional().transform((value) => value !== undefined),
  template: record,
  _next: z.enum(["preview", "save", "files", "template"]).optional().catch("preview")
    .default("preview"),
});

export type MessageInput = z.output<typeof MessageForm>;

/** What keeps a mail from being sent, as codes by field. */
export function faultsOf(draft: DraftInput): Record<string, string> {
  const faults: Record<string, string> = {};
  let count = 0;
  for (const name of ["to", "cc", "bcc"] as const) {
    const { addresses, wrong } = read(draft[name]);
    count += addresses.length;
    if (wrong.length > 0) faults[name] = coded("outgoing.address_wrong", { address: wrong[0]! });
  }
  if (!faults.to && read(draft.to).addresses.length === 0) faults.to = "required";
  if (count > most) faults.to ??= `outgoing.recipients_too_many?max=${most}`;
  if (draft.kind === "marketing" && count > 1) faults.to ??= "outgoing.marketing_one";
  if (draft.subject === "") faults.subject = "required";
  if ((draft.body + draft.quoted).trim() === "") faults.body = "required";
  for (const name of ["subject", "body"] as const) {
    const fields = left(draft[name]);
    if (fields.length > 0) {
      faults[name] = coded("outgoing.fields_left", { fields: fields.join(" ") });
    }
  }
  return faults;
}

const coded = (key: string, params: Record<string, string>) =>
  `${key}?${new URLSearchParams(params)}`;

/** How a draft stands in the form. */
export const valuesOf = ({ id, signed, updatedAt: _, ...draft }: Draft): FormState["values"] => ({
  id,
  ...Object.fromEntries(Object.entries(draft).map(([name, value]) => [name, value ?? ""])),
  ...(signed ? { signed: "on" } : {}),
});

/** What the address of a new form asks for. */
export interface Wish {
  contact?: string;
  company?: string;
  /** Whether the company's own address is meant, not one of its persons. */
  own?: string;
  deal?: string;
  /** A message to answer; with `all` to everybody in it. */
  reply?: string;
  all?: string;
  /** A message to pass on. */
  forward?: string;
}

/** A new form for a wish: recipients, salutation and quotation filled in. Throws NotFound. */
export async function begin(scope: Scope, view: View, wish: Wish): Promise<FormState> {
  const values = wish.reply
    ? await reply(scope, view, wish.reply, wish.all !== undefined)
    : wish.forward
    ? await forward(scope, view, wish.forward)
    : await fresh(scope, wish);
  const start = { id: formId(), kind: "correspondence", language: view.locale, signed: "on" };
  return { values: { _blank: "1", ...start, ...values }, errors: {} };
}

const known = (id: string | undefined, kind: string): string => {
  if (!id || !isId(id)) throw new NotFound(kind);
  return id;
};

async function fresh(scope: Scope, wish: Wish): Promise<FormState["values"]> {
  const about = await aboutOf(scope, wish);
  const offered = await suggest(scope, about);
  const first = wish.own && about.companyId
    ? await ownAddress(scope, about.companyId)
    : about.contactId || about.dealId || offered.length === 1
    ? offered[0]
    : undefined;
  const contactId = about.contactId ?? first?.contactId ?? null;
  return {
    ...idsOf({ ...about, answersId: null }),
    to: first ? written([first]) : "",
    ...(offered.length === 0 && Object.values(about).some(Boolean) ? { _unknown: "1" } : {}),
    ...await greeted(scope, contactId),
  };
}

/** Where a company itself is written to; undefined if it has no address. */
async function ownAddress(scope: Scope, companyId: string) {
  const { name, emails: [first] } = await companies.find(scope, companyId);
  return first && { name, address: first.address, contactId: null };
}

/** The records that a wish names, each one seen to be there. */
async function aboutOf(scope: Scope, wish: Wish) {
  const about = { contactId: null, companyId: null, dealId: null } as {
    [name in "contactId" | "companyId" | "dealId"]: string | null;
  };
  if (wish.contact) {
    about.contactId = (await contacts.find(scope, known(wish.contact, "contact"))).id;
  }
  if (wish.company) {
    about.companyId = (await companies.find(scope, known(wish.company, "company"))).id;
  }
  if (wish.deal) about.dealId = (await deals.find(scope, known(wish.deal, "deal"))).id;
  return about;
}

async function greeted(
  scope: Scope,
  contactId: string | null,
): Promise<{ body: string; language?: Locale }> {
  if (!contactId) return { body: "" };
  const { greeting, language } = await contacts.find(scope, contactId);
  return { body: `${greeting}\n\n`, language: language === "de" ? "de" : "en" };
}

/** The view in the language of a mail, which is its reader's. */
export function spoken(view: View, language = view.locale): Pick<View, "t" | "format"> {
  return language === view.locale
    ? view
    : { t: translator(language), format: formatter(language, view.now) };
}

async function reply(scope: Scope, view: View, id: string, all: boolean) {
  const message = await messageViews.find(scope, known(id, "message"));
  if (message.state === "draft") throw new NotFound("message");
  const sender = message.replyTo.length > 0
    ? message.replyTo
    : [{ name: message.fromName, address: message.fromAddress }];
  const to = message.direction === "out" ? message.sentTo : sender;
  const taken = new Set(to.map(({ address }) => address.toLowerCase()));
  const own = await people.own(
    scope,
    [...message.sentTo, ...message.sentCc].map(({ address }) => address),
  );
  const others = [...message.sentTo, ...message.sentCc].filter(({ address }) =>
    !taken.has(address.toLowerCase()) && !own.has(address.toLowerCase())
  );
  const about = await aboutMessage(scope, id, to.map(({ address }) => address));
  const greeting = await greeted(scope, about.contactId);
  return {
    ...idsOf({ ...about, answersId: id }),
    to: written(to.filter(({ address }) => address !== "")),
    cc: all ? written(others) : "",
    subject: answerSubject(message.subject),
    kind: message.direction === "in" ? "own_request" : "correspondence",
    ...greeting,
    quoted: quoted(spoken(view, greeting.language), message),
  };
}

async function forward(scope: Scope, view: View, id: string) {
  const message = await messageViews.find(scope, known(id, "message"));
  if (message.state === "draft") throw new NotFound("message");
  const { dealIds } = await messages.links(scope, id);
  return {
    ...idsOf({ contactId: null, companyId: null, dealId: dealIds[0] ?? null, answersId: null }),
    subject: forwardSubject(message.subject),
    quoted: forwarded(view, message),
  };
}

/** The person who is answered and the deal that it is about. */
async function aboutMessage(scope: Scope, id: string, addresses: readonly string[]) {
  const { dealIds } = await messages.links(scope, id);
  const matched = await people.matches(scope, addresses);
  const person = matched.find(({ contactId, restricted }) => contactId && !restricted);
  return { contactId: person?.contactId ?? null, companyId: null, dealId: dealIds[0] ?? null };
}

const idsOf = (origin: Origin): Record<string, string> =>
  Object.fromEntries(Object.entries(origin).map(([name, id]) => [name, id ?? ""]));
