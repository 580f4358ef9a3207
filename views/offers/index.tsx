/** The list of offers, and the panel of those of one deal. */
import type { OfferFilter } from "../../db/offer_lists.ts";
import type { OfferRow, OfferState } from "../../db/offers.ts";
import type { Page } from "../../db/pages.ts";
import { path, query } from "../path.ts";
import { Badge } from "../ui/badge.tsx";
import { LinkButton } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty.tsx";
import { Filters, FilterSelect, FilterText } from "../ui/filters.tsx";
import { PageHeader } from "../ui/page_header.tsx";
import { Pager } from "../ui/pager.tsx";
import { Panel } from "../ui/panel.tsx";
import { type Column, DataTable } from "../ui/table.tsx";
import { Money } from "../ui/values.tsx";
import type { View } from "../view.ts";
import { stateTones } from "./states.ts";

/** The name of a version: its number, and which of them it is. */
export const nameOf = ({ t }: View, { number, versionNo }: OfferRow): string => {
  const name = number ?? t("offers.unnumbered");
  return versionNo > 1 ? `${name}, ${t("offers.version", { number: versionNo })}` : name;
};

/** What it comes to, once that is fixed. */
const sumOf = ({ format }: View, { grossCents, currency, issuedOn }: OfferRow) =>
  issuedOn ? format.money(grossCents, currency) : null;

/** `around`: those of a record, with the deal; `deal`: those of one deal; otherwise the tenant's. */
const columnsOf = (view: View, of: "tenant" | "around" | "deal"): Column<OfferRow>[] => {
  const { t, format } = view;
  return [
    { key: "number", header: t("offers.number"), cell: (offer) => nameOf(view, offer) },
    ...of === "tenant"
      ? [{
        key: "addressee",
        header: t("offers.addressee"),
        priority: 2 as const,
        wide: true as const,
        cell: ({ addressee }: OfferRow) => addressee,
      }]
      : [],
    {
      key: "state",
      header: t("offers.state"),
      cell: ({ state }) => <Badge label={t(`offers.state_${state}`)} tone={stateTones[state]} />,
    },
    {
      key: "subject",
      header: t(of === "deal" ? "offers.subject" : "offers.deal"),
      priority: 2,
      wide: true,
      cell: ({ subject, dealTitle }) => of === "deal" ? subject : dealTitle ?? subject,
    },
    {
      key: "until",
      header: t("offers.valid_until"),
      priority: of === "tenant" ? 3 : 2,
      cell: ({ validUntil }) => format.date(validUntil),
    },
    {
      key: "sum",
      header: t("items.gross_sum"),
      align: "end",
      priority: 2,
      cell: ({ grossCents, currency, issuedOn }) =>
        issuedOn ? <Money view={view} cents={grossCents} currency={currency} /> : null,
    },
  ];
};

/** The list, filtered by state and text. */
export const OfferIndex = (
  { view, page, filter }: { view: View; page: Page<OfferRow>; filter: OfferFilter },
) => {
  const { t } = view;
  const here = query("/offers", { q: filter.q, state: filter.state });
  const active = Number(filter.q !== "") + Number(filter.state !== null);
  return (
    <>
      <PageHeader
        view={view}
        title={t("offers.title")}
        crumbs={[{ href: "/deals", label: t("deals.title") }]}
      >
        {view.can("exports.run")
          ? (
            <LinkButton
              view={view}
              href="/offers/export"
              label={t("offers.export")}
              icon="download"
              download
            />
          )
          : null}
        <LinkButton view={view} href="/products" label={t("products.title")} />
      </PageHeader>
      <Filters view={view} action="/offers" active={active}>
        <FilterText view={view} name="q" label={t("offers.search")} value={filter.q} />
        <FilterSelect
          view={view}
          name="state"
          label={t("offers.state")}
          value={filter.state ?? ""}
          options={[
            ...Object.keys(stateTones) as OfferState[],
            ...view.can("offers.manage") ? ["kept"] as const : [],
          ].map((value) => ({ value, label: t(`offers.state_${value}`) }))}
        />
      </Filters>
      <DataTable
        view={view}
        caption={t("offers.title")}
        columns={columnsOf(view, "tenant")}
        rows={page.rows}
        phoneLine={(offer) =>
          [offer.addressee, offer.dealTitle ?? offer.subject, sumOf(view, offer)]
            .filter(Boolean).join(" · ")}
        href={({ id }) => path`/offers/${id}`}
        empty={active > 0 ? <p>{t("offers.none_found")}</p> : (
          <EmptyState
            title={t("offers.empty_title")}
            text={view.can("deals.write") ? t("offers.empty_text") : undefined}
          >
            <LinkButton view={view} href="/deals?status=open" label={t("offers.to_deals")} />
          </EmptyState>
        )}
      />
      <Pager
        view={view}
        previous={page.previous && query(here, { before: page.previous })}
        next={page.next && query(here, { after: page.next })}
      />
    </>
  );
};

/** The offers around a person or company; nothing where there is none. */
export const OffersOf = (
  { view, offers, more, all }: {
    view: View;
    offers: readonly OfferRow[];
    more: boolean;
    /** Where all the deals stand, whose pages have the rest. */
    all: string;
  },
) =>
  offers.length === 0 ? null : (
    <Panel title={view.t("offers.title")} id="offers">
      <DataTable
        view={view}
        caption={view.t("offers.title")}
        columns={columnsOf(view, "around")}
        rows={offers}
        phoneLine={(offer) =>
          [offer.dealTitle ?? offer.subject, sumOf(view, offer)].filter(Boolean).join(" · ")}
        href={({ id }) => path`/offers/${id}`}
      />
      {more
        ? (
          <p>
            <a href={all}>{view.t("deals.all_of_it")}</a>
          </p>
        )
        : null}
    </Panel>
  );

/** The offers of a deal, with the way to a new one. */
export const OffersPanel = (
  { view, dealId, offers }: { view: View; dealId: string; offers: readonly OfferRow[] },
) => (
  <Panel
    title={view.t("offers.title")}
    id="offers"
    actions={view.can("deals.write")
      ? (
        <LinkButton
          view={view}
          href={path`/deals/${dealId}/offers/new`}
          label={view.t("offers.new")}
          icon="plus"
          variant="quiet"
        />
      )
      : null}
  >
    <DataTable
      view={view}
      caption={view.t("offers.title")}
      columns={columnsOf(view, "deal")}
      rows={offers}
      phoneLine={(offer) => sumOf(view, offer)}
      href={({ id }) => path`/offers/${id}`}
      empty={<p>{view.t("offers.empty_title")}.</p>}
    />
  </Panel>
);
