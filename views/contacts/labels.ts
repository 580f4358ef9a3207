/** Labels for the fields of a contact's form, for error summaries and conflicts. */
import type { Labels } from "../ui/form.tsx";
import type { View } from "../view.ts";

/** Field names without row numbers, in words. */
export const contactLabels = ({ t }: View): Labels => ({
  salutation: t("contacts.salutation"),
  title: t("contacts.titles"),
  firstName: t("contacts.first_name"),
  namePrefix: t("contacts.name_prefix"),
  lastName: t("contacts.last_name"),
  nameSuffix: t("contacts.name_suffix"),
  addressForm: t("contacts.address_form"),
  letterSalutation: t("contacts.letter_salutation"),
  language: t("contacts.language"),
  position: t("contacts.position"),
  birthday: t("contacts.birthday"),
  ...rows("companies", {
    name: t("contacts.company"),
    role: t("contacts.role"),
    department: t("contacts.department"),
    since: `${t("contacts.company")}, ${t("contacts.company_since")}`,
    until: `${t("contacts.company")}, ${t("contacts.company_until")}`,
  }),
  origin: t("contacts.origin"),
  sourceDetail: t("contacts.source_detail"),
  source: t("contacts.source"),
  legalBasis: t("contacts.legal_basis"),
  purpose: t("contacts.purpose"),
  ...recordLabels({ t }),
});

/** The same for the fields that contacts and companies share. */
export const recordLabels = ({ t }: Pick<View, "t">): Labels => ({
  status: t("records.status"),
  ownerId: t("records.owner"),
  customerNumber: t("records.customer_number"),
  website: t("records.website"),
  notes: t("records.notes"),
  tags: t("common.tags"),
  newTags: t("records.new_tags"),
  "emails.address": t("records.email"),
  "emails.kind": `${t("records.email")}, ${t("records.kind")}`,
  "phones.number": t("records.phone"),
  "phones.kind": `${t("records.phone")}, ${t("records.kind")}`,
  "addresses.kind": `${t("records.address")}, ${t("records.kind")}`,
  "addresses.street": t("records.street"),
  "addresses.extra": t("records.extra"),
  "addresses.poBox": t("records.po_box"),
  "addresses.postalCode": t("records.postal_code"),
  "addresses.city": t("records.city"),
  "addresses.region": t("records.region"),
  "addresses.country": t("records.country"),
});

/** The labels of a group of rows. */
const rows = (group: string, labels: Labels): Labels =>
  Object.fromEntries(Object.entries(labels).map(([name, label]) => [`${group}.${name}`, label]));
