/** What a search finds: records by their kind, then activities, mails and files. */
import type { CompanyRow } from "../../db/company_lists.ts";
import type { ContactRow } from "../../db/contact_lists.ts";
import type { DealRow } from "../../db/deal_lists.ts";
import type { EntryHit, EntryKind } from "../../db/entry_searches.ts";
import type { Alike } from "../../db/sound_searches.ts";
import type { Visit } from "../../db/visits.ts";
import { sortedName } from "../contacts/names.ts";
import { destinations } from "../destinations.ts";
import { path, query } from "../path.ts";
import { inSight } from "../records/lists.tsx";
import { RecordLinks } from "../records/links.tsx";
import { EmptyState } from "../ui/empty.tsx";
import { PageHeader } from "../ui/page_header.tsx";
import { Panel } from "../ui/panel.tsx";
import { DataTable } from "../ui/table.tsx";
import { Money } from "../ui/values.tsx";
import type { View } from "../view.ts";
import { Entries } from "./entries.tsx";

interface Found<Row> {
  rows: readonly Row[];
  /** Whether there are more than these. */
  more: boolean;
}

export interface SearchProps {
  view: View;
  q: string;
  contacts: Found<ContactRow>;
  companies: Found<CompanyRow>;
  deals: Found<DealRow>;
  entries: Record<EntryKind, readonly EntryHit[]>;
  /** What the user opened last; shown while nothing is searched. */
  seen: readonly Visit[];
  /** Whose names sound like it, where nothing is spelled that way. */
  alike: readonly Alike[];
}

/** The hits, persons first; without a question, what can be asked for. */
export const SearchPage = (
  { view, q, contacts, companies, deals, entries, seen, alike }: SearchProps,
) => {
  const { t } = view;
  const places = q === "" ? 0 : destinations(view, q).length;
  const records = contacts.rows.length + companies.rows.length + deals.rows.length;
  const others = entries.activity.length + entries.message.length + entries.file.length;
  const nothing = records + others + places === 0;
  return (
    <>
      <PageHeader view={view} title={q ? t("search.results", { q }) : t("search.title")} />
      {q === "" ? <p>{t("search.hint")}</p> : null}
      <Seen view={view} seen={seen} />
      {q !== "" && nothing
        ? (
          <EmptyState
            title={t("search.nothing", { q })}
            text={alike.length > 0 ? undefined : t("search.nothing_text")}
          />
        )
        : null}
      {alike.length === 0 ? null : (
        <Panel title={t("search.alike")} id="alike">
          <RecordLinks view={view} records={alike} />
        </Panel>
      )}
      <Destinations view={view} q={q} />
      <Contacts view={view} q={q} found={contacts} />
      <Companies view={view} q={q} found={companies} />
      <Deals view={view} q={q} found={deals} />
      <Entries view={view} entries={entries} />
    </>
  );
};

const Seen = ({ view, seen }: { view: View; seen: readonly Visit[] }) =>
  seen.length === 0 ? null : (
    <Panel title={view.t("search.last_seen")} id="seen">
      <RecordLinks view={view} records={seen} />
    </Panel>
  );

/** Pages and actions by their names; they stand on the start of the search by themselves. */
const Destinations = ({ view, q }: { view: View; q: string }) => {
  const found = q === "" ? [] : destinations(view, q);
  return found.length === 0 ? null : (
    <Panel title={view.t("search.places")} id="places">
      <ul class="seen">
        {found.map(({ href, label, part }) => (
          <li>
            <a href={href}>{part ? `${view.t(part)}: ${view.t(label)}` : view.t(label)}</a>
          </li>
        ))}
      </ul>
    </Panel>
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
            cell: ({ summary }) =>
              summary.phone
                ? <a href={`tel:${summary.phone}`}>{format.phone(summary.phone)}</a>
                : null,
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
          ...inSight(view, "deal", "amount")
            ? [{
              key: "amount",
              header: t("deals.amount"),
              align: "end" as const,
              priority: 2 as const,
              cell: ({ amountCents, currency }: DealRow) => (
                <Money view={view} cents={amountCents} currency={currency} />
              ),
            }]
            : [],
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
