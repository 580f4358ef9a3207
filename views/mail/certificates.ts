/** A certificate of erasure in words: for the page that checks it and as a document. */
import type { Certificate, Content } from "../../db/certificates.ts";
import { type Format, formatter } from "../format.ts";
import { isMessageKey, type Locale, type Translate, translator } from "../i18n/translate.ts";

/** The words of a certificate, for the page and for the document. */
export function told(
  { t, format }: { t: Translate; format: Format },
  content: Content,
  kid: string,
) {
  const word = (kind: string, name: string) => {
    const key = `certificates.${kind}_${name}`;
    return isMessageKey(key) ? t(key) : name;
  };
  const number = (value: number | null) => value === null ? "" : format.number(value);
  const { search, ledger, destroyedKeys } = content;
  const facts: [string, string][] = [
    [t("certificates.number"), content.id],
    [t("certificates.controller"), content.controller],
    [t("certificates.subject"), word("subject", content.subject)],
    [t("certificates.reference"), content.reference],
    [t("certificates.basis"), content.basis],
    [t("certificates.requested_on"), format.date(content.requestedOn)],
    [t("certificates.erased_at"), format.dateTime(content.erasedAt)],
    [t("certificates.issued_at"), format.dateTime(content.issuedAt)],
    [
      t("certificates.search"),
      t("certificates.search_text", {
        places: search.places,
        before: search.before,
        after: search.after,
      }),
    ],
    [t("certificates.control"), t("certificates.control_text", search.control)],
    [t("certificates.destroyed_keys"), destroyedKeys.join(", ")],
    [
      t("certificates.ledger"),
      ledger ? t("certificates.ledger_text", { seq: ledger.seq, hash: ledger.hash }) : "",
    ],
    [t("certificates.key"), kid],
  ];
  return {
    facts: facts.filter(([, value]) => value !== ""),
    stores: {
      title: t("certificates.stores"),
      note: content.subject === "person" ? t("certificates.shared") : "",
      head: [
        t("certificates.store"),
        t("certificates.method"),
        t(`certificates.before_${content.subject}`),
        t(`certificates.after_${content.subject}`),
      ],
      rows: content.stores.map(({ name, method, before, after, emptyOn }) => [
        word("store", name),
        emptyOn ? `${word("method", method)}, ${format.date(emptyOn)}` : word("method", method),
        number(before),
        number(after),
      ]),
    },
    kept: {
      title: t("certificates.kept"),
      note: "",
      head: [
        t("certificates.store"),
        t("erasures.count"),
        t("certificates.basis"),
        t("certificates.kept_until"),
      ],
      rows: content.kept.map(({ name, count, basis, until }) => [
        word("kept", name),
        number(count),
        basis,
        until ? format.date(until) : "",
      ]),
    },
  };
}

/** What the document's template reads. */
export function certificateData(
  locale: Locale,
  { certificate, signature, key }: Certificate,
  baseUrl: string,
) {
  const t = translator(locale);
  const format = formatter(locale, new Date(certificate.issuedAt));
  const { facts, stores, kept } = told({ t, format }, certificate, key.kid ?? "");
  const none = t("certificates.kept_none");
  return {
    title: t("certificates.document_title"),
    author: certificate.controller,
    lang: locale,
    sub: certificate.controller,
    facts,
    parts: [{ ...stores, none }, { ...kept, none }],
    // A line as wide as the paper: what runs over its edge is not in the document at all.
    signature: signature.replace(/.{100}/g, "$&\n"),
    footer: t("certificates.document_footer", { url: `${baseUrl}/certificates/verification` }),
  };
}
