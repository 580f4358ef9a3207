/** The search over contacts, companies and deals together. */
import type { CompanyRow } from "../db/company_lists.ts";
import type { ContactRow } from "../db/contact_lists.ts";
import type { DealRow } from "../db/deal_lists.ts";
import type { Visit } from "../db/visits.ts";
import { fullName, sortedName } from "./contacts/names.ts";
import { destinations } from "./destinations.ts";
import { path, query } from "./path.ts";
import { icons, recordHref } from "./records/nouns.ts";
import { EmptyState } from "./ui/empty.tsx";
import { Icon } from "./ui/icon.tsx";
import { PageHeader } from "./ui/page_header.tsx";
import { Panel } from "./ui/panel.tsx";
import { DataTable } from "./ui/table.tsx";
import { Money } from "./ui/values.tsx";
import type { View } from "./view.ts";

interface Found<Row> {
  rows: readonly Row[];
  /** Whether there are more than these. */
  more: boolean;
}

interface Props {
  view: View;
  q: string;
  contacts: Found<ContactRow>;
  companies: Found<CompanyRow>;
  deals: Found<DealRow>;
  /** What the user opened last; shown while nothing is searched. */
  seen: readonly Visit[];
}

/** The hits, persons first; without a question, what can be asked for. */
export const SearchPage = ({ view, q, contacts, companies, deals, seen }: Props) => {
  const { t } = view;
  const places = q === "" ? 0 : destinations(view, q).length;
  const records = contacts.rows.length + companies.rows.length + deals.rows.length;
  const nothing = records + places === 0;
  return (
    <>
      <PageHeader view={view} title={q ? t("search.results", { q }) : t("search.title")} />
      {q === "" ? <p>{t("search.hint")}</p> : null}
      <Seen view={view} seen={seen} />
      {q !== "" && nothing
        ? <EmptyState title={t("search.nothing", { q })} text={t("search.nothing_text")} />
        : null}
      <Destinations view={view} q={q} />
      <Contacts view={view} q={q} found={contacts} />
      <Companies view={view} q={q} found={companies} />
      <Deals view={view} q={q} found={deals} />
    </>
  );
};

const Seen = ({ view, seen }: { view: View; seen: readonly Visit[] }) =>
  seen.length === 0 ? null : (
    <Panel title={view.t("search.last_seen")} id="seen">
      <ul class="seen">
        {seen.map(({ kind, id, name }) => (
          <li>
            <Icon view={view} name={icons[kind]} />
            <a href={recordHref(kind, id)}>{name}</a>
          </li>
        ))}
      </ul>
    </Panel>
  );

/** Pages and actions by their names; they stand on the start of the search by themselves. */
const Destinations = ({ view, q }: { view: View; q: string }) => {
  const found = q === "" ? [] : destinations(view, q);
  return found.length === 0 ? null : (
    <Panel title={view.t("search.places")} id="places">
      <ul class="seen">
        {found.map(({ href, label }) => (
          <li>
            <a href={href}>{view.t(label)}</a>
          </li>
        ))}
      </ul>
    </Panel>
  );
};

/** Hits of each kind that the palette shows. */
const few = 6;

/** The same answer as a part for the palette: links only, records first. */
export const Palette = ({ view, q, contacts, companies, deals, seen }: Props) => {
  const records = q === "" ? seen : [
    ...contacts.rows.slice(0, few).map((row) => ({
      kind: "contact" as const,
      id: row.id,
      name: fullName(row),
      more: row.summary.company ?? row.summary.city,
    })),
    ...companies.rows.slice(0, few).map(({ id, name, summary }) => ({
      kind: "company" as const,
      id,
      name,
      more: summary.city,
    })),
    ...deals.rows.slice(0, few).map(({ id, title, summary }) => ({
      kind: "deal" as const,
      id,
      name: title,
      more: summary.company,
    })),
  ];
  const places = destinations(view, q);
  return (
    <>
      <p class="hint" role="status" data-q={q}>
        {q === ""
          ? view.t("keys.palette_text")
          : view.t("search.hits", { count: records.length + places.length })}
      </p>
      <ul>
        {records.map((record) => (
          <li>
            <a
              href={recordHref(record.kind, record.id)}
            >
              <Icon view={view} name={icons[record.kind]} />
              <span>{record.name}</span>
              <small>{"more" in record ? record.more : null}</small>
            </a>
          </li>
        ))}
        {places.map(({ href, label }) => (
          <li>
            <a href={href}>
              <Icon view={view} name="chevron-right" />
              <span>{view.t(label)}</span>
            </a>
          </li>
        ))}
      </ul>
    </>
  );
};

const Contacts = ({ view, q, found }: { view: View; q: string; found: Found<ContactRow> }) => {
  const { t, format } = view;
  if (found.rows.length === 0) return null;
  return (
    <Panel title={t("contacts.title")} id="contacts">
      <DataTable
        view={view}
        caption={t("contacts.caption")}
        columns={[
          { key: "name", header: t("contacts.name"), cell: (row: ContactRow) => sortedName(row) },
          {
            key: "company",
            header: t("contacts.company"),
            priority: 2,
            cell: ({ summary }) => summary.company ?? null,
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
        ]}
        rows={found.rows}
        href={({ id }) => path`/contacts/${id}`}
        phoneLine={({ summary }) => [summary.company, summary.city].filter(Boolean).join(" · ")}
      />
      {found.more
        ? (
          <p>
            <a href={query("/contacts", { q })}>{t("search.all_contacts")}</a>
          </p>
        )
        : null}
    </Panel>
  );
};

const Companies = ({ view, q, found }: { view: View; q: string; found: Found<CompanyRow> }) => {
  const { t } = view;
  if (found.rows.length === 0) return null;
  return (
    <Panel title={t("companies.title")} id="companies">
      <DataTable
        view={view}
        caption={t("companies.caption")}
        columns={[
          { key: "name", header: t("companies.name"), cell: ({ name }: CompanyRow) => name },
          {
            key: "industry",
            header: t("companies.industry"),
            priority: 2,
            cell: ({ industry }) => industry,
          },
          {
            key: "city",
            header: t("records.city"),
            priority: 2,
            cell: ({ summary }) => summary.city ?? null,
          },
        ]}
        rows={found.rows}
        href={({ id }) => path`/companies/${id}`}
        phoneLine={({ summary }) => summary.city ?? null}
      />
      {found.more
        ? (
          <p>
            <a href={query("/companies", { q })}>{t("search.all_companies")}</a>
          </p>
        )
        : null}
    </Panel>
  );
};

const Deals = ({ view, q, found }: { view: View; q: string; found: Found<DealRow> }) => {
  const { t } = view;
  if (found.rows.length === 0) return null;
  return (
    <Panel title={t("deals.title")} id="deals">
      <DataTable
        view={view}
        caption={t("deals.caption")}
        columns={[
          { key: "name", header: t("deals.name"), cell: ({ title }: DealRow) => title },
          {
            key: "company",
            header: t("contacts.company"),
            priority: 2,
            cell: ({ summary }) => summary.company ?? null,
          },
          {
            key: "status",
            header: t("records.status"),
            cell: ({ status }) => t(`records.status_${status}`),
          },
          {
            key: "amount",
            header: t("deals.amount"),
            align: "end",
            priority: 2,
            cell: ({ amountCents, currency }) => (
              <Money view={view} cents={amountCents} currency={currency} inShort />
            ),
          },
        ]}
        rows={found.rows}
        href={({ id }) => path`/deals/${id}`}
        phoneLine={({ summary }) => summary.company ?? null}
      />
      {found.more
        ? (
          <p>
            <a href={query("/deals", { q })}>{t("search.all_deals")}</a>
          </p>
        )
        : null}
    </Panel>
  );
};
