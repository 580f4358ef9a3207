/** The page of a contact: everything about the person on one screen. */
import type { Affiliation } from "../../db/affiliations.ts";
import type { Contact } from "../../db/contacts.ts";
import type { Owner } from "../../db/choices.ts";
import type { CustomField } from "../../db/custom_fields.ts";
import { type AttachedFiles, FilesPanel } from "../files.tsx";
import type { Related } from "../../db/deal_lists.ts";
import type { Made } from "../../db/record_offers.ts";
import { ActivitiesPanel, type Planned } from "../activities/panel.tsx";
import { DealsPanel } from "../deals/panel.tsx";
import { OffersOf } from "../offers/index.tsx";
import { path, query } from "../path.ts";
import { RecordActions } from "../records/actions.tsx";
import { languageName, statusTones } from "../records/choices.ts";
import { customItems, customNames, fieldsOf } from "../records/custom.tsx";
import { Neighbours, withinList } from "../records/neighbours.tsx";
import { Reach, WebLink } from "../records/reach.tsx";
import { type ShownTimeline, TimelinePanel } from "../timeline.tsx";
import { Badge, Tags } from "../ui/badge.tsx";
import { LinkButton } from "../ui/button.tsx";
import { DescriptionList } from "../ui/descriptions.tsx";
import { Columns, Panel } from "../ui/panel.tsx";
import { PageHeader } from "../ui/page_header.tsx";
import { DataTable } from "../ui/table.tsx";
import type { View } from "../view.ts";
import { birthdayWords, fullName } from "./names.ts";
import { PrivacyPanel } from "./privacy.tsx";

interface Props {
  view: View;
  contact: Contact;
  files: AttachedFiles;
  deals: Related;
  made: Made;
  planned: Planned;
  timeline: ShownTimeline;
  owners: readonly Owner[];
  /** The custom fields of all kinds of records. */
  fields: readonly CustomField[];
}

/** The whole record. */
export const ContactPage = (
  { view, contact, deals, made, planned, files, timeline, owners, fields }: Props,
) => {
  const { t } = view;
  const mayMove = view.can("contacts.write") &&
    contact.companies.some(({ untilOn }) => untilOn === null);
  const tagId = new Map(contact.tags.map((name, i) => [name, contact.tagIds[i]!]));
  return (
    <>
      <Neighbours view={view} noun="contacts" id={contact.id} />
      <PageHeader
        view={view}
        title={fullName(contact)}
        crumbs={[{ href: "/contacts", label: t("contacts.title") }]}
        sub={[contact.position, contact.companies[0]?.companyName].filter(Boolean).join(", ") ||
          undefined}
        marks={
          <>
            <Badge
              label={t(`records.status_${contact.status}`)}
              tone={statusTones[contact.status]}
            />
            <Tags
              tags={contact.tags}
              href={(name) => query("/contacts", { tag: tagId.get(name) })}
            />
          </>
        }
      >
        <RecordActions view={view} kind="contact" id={contact.id}>
          <LinkButton
            view={view}
            href={path`/contacts/${contact.id}.vcf`}
            label={t("contacts.card")}
            icon="download"
            download
          />
        </RecordActions>
      </PageHeader>
      <Columns
        aside={
          <>
            <PrivacyPanel view={view} contact={contact} />
            <Details view={view} contact={contact} fields={fields} />
            <FilesPanel view={view} href={path`/contacts/${contact.id}`} files={files} />
          </>
        }
      >
        <Panel title={t("records.reach")} id="reach">
          <Reach
            view={view}
            points={contact}
            objections={contact.objections.map(({ channel }) => channel)}
          />
        </Panel>
        {contact.companies.length > 0
          ? (
            <Panel
              title={t("contacts.companies")}
              id="companies"
              actions={mayMove
                ? (
                  <LinkButton
                    view={view}
                    href={withinList(view, path`/contacts/${contact.id}/move`)}
                    label={t("contacts.move")}
                    variant="quiet"
                  />
                )
                : null}
            >
              <Places view={view} places={contact.companies} />
            </Panel>
          )
          : null}
        <ActivitiesPanel view={view} of={{ kind: "contact", id: contact.id }} planned={planned} />
        <DealsPanel view={view} related={deals} of={{ person: contact.id }} />
        <OffersOf view={view} {...made} all={query("/deals", { person: contact.id })} />
        {contact.notes
          ? (
            <Panel title={t("records.notes")} id="notes">
              <p class="prose">{contact.notes}</p>
            </Panel>
          )
          : null}
        <TimelinePanel
          view={view}
          {...timeline}
          owners={owners}
          names={customNames(view, fields)}
        />
      </Columns>
    </>
  );
};

const Places = ({ view, places }: { view: View; places: readonly Affiliation[] }) => (
  <DataTable
    view={view}
    caption={view.t("contacts.companies")}
    columns={[
      {
        key: "company",
        header: view.t("contacts.company"),
        cell: ({ companyName }: Affiliation) => companyName,
      },
      { key: "role", header: view.t("contacts.role"), wide: true, cell: ({ role }) => role },
      {
        key: "department",
        header: view.t("contacts.department"),
        priority: 2,
        cell: ({ department }) => department,
      },
      {
        key: "period",
        header: view.t("contacts.period"),
        priority: 2,
        cell: (place) => period(view, place),
      },
    ]}
    rows={places}
    href={({ companyId }) => path`/companies/${companyId}`}
  />
);

/** `seit 01.05.2024`, `bis 31.12.2025`, or both. */
export function period(
  { t, format }: View,
  { sinceOn, untilOn }: { sinceOn: string | null; untilOn: string | null },
): string {
  return [
    sinceOn && t("contacts.since", { date: format.date(sinceOn) }),
    untilOn && t("contacts.until", { date: format.date(untilOn) }),
  ].filter(Boolean).join(" ");
}

const Details = (
  { view, contact, fields }: { view: View; contact: Contact; fields: readonly CustomField[] },
) => {
  const { t, format } = view;
  return (
    <Panel title={t("records.details")} id="details">
      <DescriptionList
        items={[
          [t("contacts.letter_salutation"), contact.greeting],
          [t("contacts.address_form"), t(`contacts.address_form_${contact.addressForm}`)],
          [t("contacts.language"), languageName(view.locale, contact.language)],
          [t("contacts.birthday"), contact.birthday && birthdayWords(view, contact.birthday)],
          [t("records.customer_number"), contact.customerNumber],
          [
            t("records.website"),
            contact.website ? <WebLink address={contact.website} /> : null,
          ],
          [t("records.owner"), contact.ownerName],
          ...customItems(view, fieldsOf(fields, "contact"), contact.custom),
          [t("records.created"), format.date(contact.createdAt)],
          [t("records.last_touch"), format.date(contact.lastTouchAt)],
        ]}
      />
    </Panel>
  );
};
