/** The page of a company: everything about it and its people on one screen. */
import type { Member } from "../../db/affiliations.ts";
import type { Owner } from "../../db/choices.ts";
import type { CustomField } from "../../db/custom_fields.ts";
import type { Company } from "../../db/companies.ts";
import type { Page } from "../../db/pages.ts";
import type { Subsidiary } from "../../db/subsidiaries.ts";
import type { Related } from "../../db/deal_lists.ts";
import type { Made } from "../../db/record_offers.ts";
import { period } from "../contacts/page.tsx";
import { ActivitiesPanel, type Planned } from "../activities/panel.tsx";
import { type AttachedFiles, FilesPanel } from "../files.tsx";
import { DealsPanel } from "../deals/panel.tsx";
import { ClockLine } from "../retentions/clock.tsx";
import { OffersOf } from "../offers/index.tsx";
import { path, query } from "../path.ts";
import { RecordActions } from "../records/actions.tsx";
import { customItems, customNames, fieldsOf } from "../records/custom.tsx";
import { statusTones } from "../records/choices.ts";
import { Neighbours } from "../records/neighbours.tsx";
import { Reach, WebLink } from "../records/reach.tsx";
import { type ShownTimeline, TimelinePanel } from "../timeline.tsx";
import { Badge, Tags } from "../ui/badge.tsx";
import { LinkButton } from "../ui/button.tsx";
import { DescriptionList } from "../ui/descriptions.tsx";
import { Columns, Panel } from "../ui/panel.tsx";
import { PageHeader } from "../ui/page_header.tsx";
import { Pager } from "../ui/pager.tsx";
import { DataTable } from "../ui/table.tsx";
import { Call } from "../ui/values.tsx";
import type { View } from "../view.ts";

interface Props {
  view: View;
  company: Company;
  children: Page<Subsidiary>;
  members: readonly Member[];
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
export const CompanyPage = (props: Props) => {
  const { view, company, members, deals, made, planned, files, timeline, owners, fields } = props;
  const { t } = view;
  const tagId = new Map(company.tags.map((name, i) => [name, company.tagIds[i]!]));
  return (
    <>
      <Neighbours view={view} noun="companies" id={company.id} />
      <PageHeader
        view={view}
        title={company.name}
        crumbs={[{ href: "/companies", label: t("companies.title") }]}
        sub={company.industry || undefined}
        marks={
          <>
            <Badge
              label={t(`records.status_${company.status}`)}
              tone={statusTones[company.status]}
            />
            <Tags
              tags={company.tags}
              href={(name) => query("/companies", { tag: tagId.get(name) })}
            />
          </>
        }
      >
        <RecordActions view={view} kind="company" id={company.id} />
      </PageHeader>
      <Columns
        aside={
          <>
            <Details view={view} company={company} fields={fields} />
            <FilesPanel view={view} href={path`/companies/${company.id}`} files={files} />
          </>
        }
      >
        <Panel title={t("records.reach")} id="reach">
          <Reach view={view} points={company} />
        </Panel>
        <Members view={view} company={company} members={members} />
        <Subsidiaries {...props} />
        <ActivitiesPanel view={view} of={{ kind: "company", id: company.id }} planned={planned} />
        <DealsPanel view={view} related={deals} of={{ company: company.id }} />
        <OffersOf view={view} {...made} all={query("/deals", { company: company.id })} />
        {company.notes
          ? (
            <Panel title={t("records.notes")} id="notes">
              <p class="prose">{company.notes}</p>
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

const Members = (
  { view, company, members }: { view: View; company: Company; members: readonly Member[] },
) => {
  const { t } = view;
  return (
    <Panel
      title={t("companies.persons")}
      id="persons"
      actions={view.can("contacts.write")
        ? (
          <LinkButton
            view={view}
            href={query("/contacts/new", { company: company.name })}
            label={t("contacts.new")}
            icon="plus"
            variant="quiet"
          />
        )
        : null}
    >
      <DataTable
        view={view}
        caption={t("companies.persons")}
        columns={[
          { key: "name", header: t("contacts.name"), cell: ({ name }: Member) => name },
          {
            key: "role",
            header: t("contacts.role"),
            wide: true,
            cell: ({ role, department }) => [role, department].filter(Boolean).join(", "),
          },
          {
            key: "email",
            header: t("records.email"),
            priority: 2,
            cell: ({ contactId, email }) =>
              email && view.can("mail.send")
                ? <a href={query("/messages/new", { contact: contactId })}>{email}</a>
                : email,
          },
          {
            key: "phone",
            header: t("records.phone"),
            priority: 3,
            cell: ({ phone }) => phone && <Call view={view} phone={phone} />,
          },
          {
            key: "period",
            header: t("contacts.period"),
            priority: 3,
            cell: (member) => period(view, member),
          },
        ]}
        rows={members}
        href={({ contactId }) => path`/contacts/${contactId}`}
        phoneLine={({ phone }) => phone && <Call view={view} phone={phone} />}
        empty={<p>{t("companies.persons_empty")}</p>}
      />
      {members.length > 0
        ? (
          <p>
            <a href={query("/contacts", { company: company.id })}>{t("companies.persons_all")}</a>
          </p>
        )
        : null}
    </Panel>
  );
};

const Subsidiaries = ({ view, company, children }: Props) => {
  const { t } = view;
  if (children.rows.length === 0 && children.previous === null) return null;
  const here = path`/companies/${company.id}`;
  return (
    <Panel title={t("companies.subsidiaries")} id="subsidiaries">
      <DataTable
        view={view}
        caption={t("companies.subsidiaries")}
        columns={[
          { key: "name", header: t("companies.name"), cell: ({ name }: Subsidiary) => name },
          { key: "city", header: t("records.city"), cell: ({ city }) => city },
        ]}
        rows={children.rows}
        href={({ id }) => path`/companies/${id}`}
      />
      <Pager
        view={view}
        previous={children.previous && `${here}#subsidiaries`}
        next={children.next && `${query(here, { children: children.next })}#subsidiaries`}
      />
    </Panel>
  );
};

const Details = (
  { view, company, fields }: { view: View; company: Company; fields: readonly CustomField[] },
) => {
  const { t, format } = view;
  return (
    <Panel title={t("records.details")} id="details">
      <DescriptionList
        items={[
          [
            t("companies.parent"),
            company.parentName === null
              ? null
              : <a href={path`/companies/${company.parentId!}`}>{company.parentName}</a>,
          ],
          [t("companies.legal_form"), company.legalForm],
          [t("records.customer_number"), company.customerNumber],
          [t("companies.vat_id"), company.vatId],
          [t("companies.tax_number"), company.taxNumber],
          [
            t("companies.register"),
            [company.registerCourt, company.registerNumber].filter(Boolean).join(", "),
          ],
          [
            t("records.website"),
            company.website ? <WebLink address={company.website} /> : null,
          ],
          [t("records.owner"), company.ownerName],
          ...customItems(view, fieldsOf(fields, "company"), company.custom),
          [t("records.created"), format.date(company.createdAt)],
          [t("records.last_touch"), format.date(company.lastTouchAt)],
          [
            t("contacts.retain"),
            <ClockLine
              view={view}
              kind="company"
              id={company.id}
              clock={company.clock}
            />,
          ],
        ]}
      />
    </Panel>
  );
};
