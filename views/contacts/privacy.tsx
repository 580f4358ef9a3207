/** A contact's privacy: where the data come from and what for, in the form and on the page. */
import type { Contact } from "../../db/contacts.ts";
import type { LegalBasis, Origin, Purpose } from "../../db/origins.ts";
import { isMessageKey } from "../i18n/translate.ts";
import { path } from "../path.ts";
import { withinList } from "../records/neighbours.tsx";
import { ClockLine } from "../retentions/clock.tsx";
import { Badge } from "../ui/badge.tsx";
import { LinkButton, PostButton } from "../ui/button.tsx";
import { DescriptionList } from "../ui/descriptions.tsx";
import { FieldRow, Fieldset, RadioGroup, Select, TextField } from "../ui/field.tsx";
import type { FormState } from "../ui/form.tsx";
import { Panel } from "../ui/panel.tsx";
import type { View } from "../view.ts";
import { agreedTo } from "./consents.tsx";
import { ExceptionState } from "./notice_exceptions.tsx";
import { Objections } from "./objections.tsx";

const bases: readonly LegalBasis[] = [
  "contract",
  "pre_contract",
  "legitimate_interest",
  "consent",
  "legal_obligation",
];
const purposes: readonly Purpose[] = [
  "customer_care",
  "sales",
  "marketing",
  "supply",
  "legal_duty",
];

interface FieldsProps {
  view: View;
  form: FormState;
  origins: readonly Origin[];
  contact: unknown;
}

/** One click for a new contact; for an old one the source as it was written down. */
export const PrivacyFields = ({ view, form, origins, contact }: FieldsProps) => {
  const { t } = view;
  const fresh = contact === null;
  const field = (name: string) => ({ view, form, name });
  return (
    <Fieldset legend={t("contacts.privacy")}>
      {fresh
        ? (
          <>
            <RadioGroup
              {...field("origin")}
              label={t("contacts.origin")}
              hint={t("contacts.origin_hint")}
              required
              inline
              options={origins.map((value) => ({ value, label: t(`contacts.origin_${value}`) }))}
            />
            <TextField
              {...field("sourceDetail")}
              label={t("contacts.source_detail")}
              hint={t("contacts.source_detail_hint")}
              size="l"
              maxlength={200}
            />
          </>
        )
        : (
          <TextField
            {...field("source")}
            label={t("contacts.source")}
            required
            size="l"
            maxlength={300}
          />
        )}
      <FieldRow>
        <Select
          {...field("legalBasis")}
          label={t("contacts.legal_basis")}
          size="l"
          options={bases.map((value) => ({ value, label: t(`contacts.legal_basis_${value}`) }))}
          empty={fresh ? t("contacts.legal_basis_as_usual") : undefined}
        />
        <Select
          {...field("purpose")}
          label={t("contacts.purpose")}
          options={purposes.map((value) => ({ value, label: t(`contacts.purpose_${value}`) }))}
          empty={fresh ? t("contacts.legal_basis_as_usual") : undefined}
        />
      </FieldRow>
    </Fieldset>
  );
};

/** What the person's page says about source, basis, information, objections and periods. */
export const PrivacyPanel = ({ view, contact }: { view: View; contact: Contact }) => {
  const { t, format } = view;
  return (
    <Panel title={t("contacts.privacy")} id="privacy">
      <DescriptionList
        items={[
          [t("contacts.source"), contact.source],
          [t("contacts.legal_basis"), t(`contacts.legal_basis_${contact.legalBasis}`)],
          [t("contacts.purpose"), t(`contacts.purpose_${contact.purpose}`)],
          [t("consents.title"), <ConsentState view={view} contact={contact} />],
          [t("contacts.notice"), <NoticeState view={view} contact={contact} />],
          [
            t("contacts.retain"),
            <ClockLine
              view={view}
              kind="contact"
              id={contact.id}
              clock={contact.clock}
            />,
          ],
          contact.restrictedAt
            ? [
              t("contacts.restricted"),
              `${t("contacts.restricted_since", { date: format.date(contact.restrictedAt) })} ${
                restrictionWord(view, contact.restrictedReason)
              }`,
            ]
            : null,
        ]}
      />
      <Objections view={view} contact={contact} />
      {view.can("access.answer")
        ? (
          <LinkButton
            view={view}
            href={path`/contacts/${contact.id}/access`}
            label={t("access.button")}
            icon="download"
          />
        )
        : null}
    </Panel>
  );
};

/** What the person agrees to now; leads to the proofs, to what was withdrawn, and to the form. */
const ConsentState = ({ view, contact }: { view: View; contact: Contact }) => {
  const { t } = view;
  const { agreed, legalBasis } = contact;
  return (
    <>
      {legalBasis === "consent" && agreed.length === 0
        ? <Badge tone="warn" label={t("consents.missing")} />
        : null}{" "}
      <a href={withinList(view, path`/contacts/${contact.id}/consents`)}>
        {agreed.map((each) => agreedTo(view, each)).join("; ") || t("consents.none_stands")}
      </a>
    </>
  );
};

const NoticeState = ({ view, contact }: { view: View; contact: Contact }) => {
  const { t, format } = view;
  const { noticeDueOn, noticeSentAt } = contact;
  if (noticeSentAt) {
    return <>{t("contacts.notice_sent", { date: format.date(noticeSentAt) })}</>;
  }
  if (contact.noticeException) return <ExceptionState view={view} contact={contact} />;
  const today = Temporal.Instant.fromEpochMilliseconds(view.now.getTime())
    .toZonedDateTimeISO("Europe/Berlin").toPlainDate().toString();
  const overdue = noticeDueOn !== null && noticeDueOn < today;
  return (
    <>
      {noticeDueOn === null ? null : (
        <Badge
          tone={overdue ? "danger" : "warn"}
          label={t(overdue ? "contacts.notice_overdue" : "contacts.notice_due", {
            date: format.date(noticeDueOn),
          })}
        />
      )}
      {view.can("contacts.write")
        ? (
          <PostButton
            view={view}
            action={withinList(view, path`/contacts/${contact.id}/notice`)}
            label={t("contacts.notice_mark")}
            icon="check"
          />
        )
        : null}
      {view.can("contacts.write")
        ? (
          <LinkButton
            view={view}
            href={withinList(view, path`/contacts/${contact.id}/notice-exception`)}
            label={t("contacts.exception_new")}
            variant="quiet"
          />
        )
        : null}
    </>
  );
};

/** Why, in words; what has none yet says its own name. */
const restrictionWord = ({ t }: View, reason: string | null): string => {
  if (reason === "retention") return t("retentions.hold_law");
  const key = `cases.ground_${reason}`;
  return isMessageKey(key) ? t(key) : reason ?? "";
};
