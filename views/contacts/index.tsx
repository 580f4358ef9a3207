/** The list of contacts. */
import type { Choices } from "../../db/choices.ts";
import type { ContactRow } from "../../db/contact_lists.ts";
import type { Page } from "../../db/pages.ts";
import type { ViewRow } from "../../db/views.ts";
import { BulkBar, bulkSelection } from "../bulk_changes.tsx";
import { path } from "../path.ts";
import { statusTones } from "../records/choices.ts";
import { ColumnChoice } from "../records/column_choice.tsx";
import { chosenColumns } from "../records/columns.ts";
import { fieldsOf } from "../records/custom.tsx";
import { type CustomCells, customColumns } from "../records/custom_filters.tsx";
import { RecordFilters } from "../records/filters.tsx";
import {
  active,
  type Asked,
  listHref,
  ListMenu,
  RecordPager,
  sorting,
  type Total,
} from "../records/lists.tsx";
import { inList } from "../records/neighbours.tsx";
import { Badge, Tags } from "../ui/badge.tsx";
import { LinkButton } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty.tsx";
import { PageHeader } from "../ui/page_header.tsx";
import { type Column, DataTable } from "../ui/table.tsx";
import { Time } from "../ui/values.tsx";
import type { View } from "../view.ts";
import { ViewTabs } from "../views.tsx";
import { sortedName } from "./names.ts";

const base = "/contacts";

interface Props {
  view: View;
  page: Page<ContactRow>;
  total: Total | null;
  asked: Asked;
  choices: Choices;
  views: readonly ViewRow[];
  /** What the columns of own fields show. */
  cells: CustomCells;
  /** The company the list is narrowed to, by name. */
  companyName: string | null;
}

/** The page: what can be done, the filters, the rows. */
export const ContactIndex = (
  { view, page, total, asked, choices, views, cells, companyName }: Props,
) => (
  <>
    <PageHeader
      view={view}
      title={view.t("contacts.title")}
      sub={companyName === null ? undefined : (
        <>
          {view.t("contacts.company")}:{" "}
          <a href={path`/companies/${asked.filter.company!}`}>{companyName}</a>
        </>
      )}
    >
      <ContactActions view={view} />
      <ListMenu view={view} kind="contact" asked={asked} />
    </PageHeader>
    <ViewTabs view={view} kind="contact" asked={asked} views={views} />
    <RecordFilters
      view={view}
      kind="contact"
      base={base}
      asked={asked}
      choices={choices}
      companyName={companyName}
    />
    <BulkBar view={view} kind="contact" asked={asked} rows={page.rows.length} />
    <DataTable
      view={view}
      caption={view.t("contacts.caption")}
      columns={chosenColumns(
        [...columns(view, choices), ...own(view, choices, cells)],
        "contact",
        asked.columns,
      )}
      rows={page.rows}
      rowId={rowId}
      href={inList(base, listHref(base, asked))}
      phoneLine={({ summary }) => [summary.company, summary.city].filter(Boolean).join(" · ")}
      sorting={sorting(base, asked)}
      selection={bulkSelection<ContactRow>(view, "contact", sortedName)}
      empty={<Empty view={view} filtered={active(asked) > 0} />}
    />
    <RecordPager view={view} base={base} asked={asked} page={page} total={total} />
    <ColumnChoice
      view={view}
      kind="contact"
      base={base}
      asked={asked}
      labels={labels(view, choices)}
      own={own(view, choices, cells).map(({ key }) => key)}
    />
  </>
);

/** The DOM id of a contact's row. */
export const rowId = ({ id }: { id: string }) => `contact-${id}`;

/** The columns of own fields. */
const own = (view: View, { fields }: Choices, cells: CustomCells) =>
  customColumns<ContactRow>(view, fieldsOf(fields, "contact"), cells);

/** The columns by name, for those who choose. */
const labels = (view: View, choices: Choices) =>
  Object.fromEntries(
    [...columns(view, choices), ...own(view, choices, new Map())]
      .map(({ key, header }) => [key, header]),
  );

const columns = (view: View, { owners }: Choices): Column<ContactRow>[] => {
  const { t, format } = view;
  return [
    { key: "name", header: t("contacts.name"), sort: "name", cell: sortedName },
    {
      key: "company",
      header: t("contacts.company"),
      priority: 2,
      cell: ({ summary: { companyId, company } }) =>
        companyId && company ? <a href={path`/companies/${companyId}`}>{company}</a> : null,
    },
    {
      key: "email",
      header: t("records.email"),
      priority: 2,
      cell: ({ summary }) => summary.email ?? null,
    },
    {
      key: "phone",
      header: t("records.phone"),
      priority: 3,
      cell: ({ summary }) => summary.phone ? format.phone(summary.phone) : null,
    },
    {
      key: "city",
      header: t("records.city"),
      priority: 3,
      cell: ({ summary }) => summary.city ?? null,
    },
    {
      key: "tags",
      header: t("common.tags"),
      priority: 3,
      cell: ({ summary }) => summary.tags ? Tags({ tags: summary.tags }) : null,
    },
    {
      key: "status",
      header: t("records.status"),
      priority: 2,
      cell: ({ status }) =>
        Badge({ label: t(`records.status_${status}`), tone: statusTones[status] }),
    },
    {
      key: "touch",
      header: t("records.last_touch"),
      priority: 3,
      sort: "touch",
      cell: ({ lastTouchAt }) => Time({ view, moment: lastTouchAt }),
    },
    {
      key: "created",
      header: t("records.created"),
      priority: 4,
      sort: "created",
      cell: ({ createdAt }) => Time({ view, moment: createdAt }),
    },
    {
      key: "owner",
      header: t("records.owner"),
      priority: 3,
      cell: ({ ownerId }) => owners.find(({ id }) => id === ownerId)?.name ?? null,
    },
  ];
};

/** What adds contacts, for those who may. */
const ContactActions = ({ view }: { view: View }) => (
  <>
    {view.can("imports.run")
      ? <LinkButton view={view} href="/imports/new" label={view.t("common.import")} icon="upload" />
      : null}
    {view.can("contacts.write")
      ? (
        <LinkButton
          view={view}
          href="/contacts/new"
          label={view.t("contacts.new")}
          icon="plus"
          shortcut="n"
          variant="primary"
        />
      )
      : null}
  </>
);

const Empty = ({ view, filtered }: { view: View; filtered: boolean }) =>
  filtered
    ? (
      <EmptyState title={view.t("contacts.empty_filtered")}>
        <LinkButton view={view} href={base} label={view.t("common.reset")} icon="x" />
      </EmptyState>
    )
    : (
      <EmptyState title={view.t("contacts.empty_title")} text={view.t("contacts.empty_text")}>
        <ContactActions view={view} />
      </EmptyState>
    );
