/** The first rows of a file as they will be read. */
import type { Glance as Seen } from "../../db/imports/glances.ts";
import type { Land, Sign } from "../../db/imports/lands.ts";
import { countryName } from "../records/choices.ts";
import type { Plan } from "../../db/imports/plans.ts";
import type { NameTally } from "../../db/imports/kinds.ts";
import { Badge } from "../ui/badge.tsx";
import { Notice } from "../ui/flash.tsx";
import { Panel } from "../ui/panel.tsx";
import { breakable, type Column, DataTable } from "../ui/table.tsx";
import type { View } from "../view.ts";

/** A row as the product reads it. */
export interface Glance extends Seen {
  row: number;
  /** Said where a column holds names of both. */
  subject: "contact" | "company" | "";
  /** Why nothing is made of it. */
  problem: string;
}

/** The first rows as they will be read. */
export const PreviewPanel = (
  { view, plan, glances, dealsToo, land, names }: {
    view: View;
    plan: Plan;
    glances: readonly Glance[];
    /** Whether the file names deals beside what is read of it. */
    dealsToo: boolean;
    land: Land | undefined;
    names: NameTally | undefined;
  },
) => {
  const { t } = view;
  const columns = plan.kind === "deals" ? ofDeals(view) : ofRecords(view);
  return (
    <Panel title={t("imports.preview")}>
      {names
        ? (
          <Notice
            view={view}
            kind={names.open > names.persons + names.companies ? "warn" : "info"}
            text={t("imports.names_told", counted(view, names))}
          />
        )
        : null}
      <LandNotice view={view} land={land} country={plan.country} />
      {dealsToo ? <Notice view={view} kind="info" text={t("imports.deals_beside")} /> : null}
      <DataTable
        view={view}
        caption={t("imports.preview")}
        columns={columns}
        rows={glances}
        phoneLine={({ company, email }) => [company, email].filter(Boolean).join(" · ")}
        empty={<p class="hint">{t("imports.checked_nothing")}</p>}
      />
    </Panel>
  );
};

const common = ({ t }: View, name: string): Column<Glance>[] => [
  { key: "row", header: t("imports.row"), align: "end", cell: ({ row }) => String(row) },
  {
    key: "name",
    header: name,
    heading: true,
    cell: ({ name, problem, subject }) =>
      problem ? <span class="error">{problem}</span> : (
        <>
          {breakable(name)}{" "}
          {subject === "" ? null : <Badge label={t(`custom_fields.record_${subject}`)} />}
        </>
      ),
  },
  { key: "company", header: t("contacts.company"), priority: 2, cell: ({ company }) => company },
];

const ofRecords = (view: View): Column<Glance>[] => [
  ...common(view, view.t("common.name")),
  {
    key: "email",
    header: view.t("import_targets.email"),
    priority: 2,
    cell: ({ email }) => email,
  },
  {
    key: "phone",
    header: view.t("import_targets.phone"),
    priority: 2,
    whole: true,
    cell: ({ phone }) => (phone === "" ? "" : view.format.phone(phone)),
  },
  {
    key: "place",
    header: view.t("import_targets.part_city"),
    priority: 3,
    cell: ({ place }) => place,
  },
];

const ofDeals = (view: View): Column<Glance>[] => [
  ...common(view, view.t("import_targets.deal_name")),
  {
    key: "amount",
    header: view.t("deals.amount"),
    align: "end",
    cell: ({ deal }) => worthOf(view, deal),
  },
  { key: "stage", header: view.t("deals.stage"), priority: 2, cell: ({ deal }) => deal?.stage },
  {
    key: "close",
    header: view.t("import_targets.deal_closeOn"),
    priority: 3,
    cell: ({ deal }) => deal?.expectedCloseOn ? view.format.date(deal.expectedCloseOn) : "",
  },
];

/** What a deal of a file is worth; in euros where it names no currency. */
export const worthOf = (view: View, deal: Seen["deal"]): string =>
  deal?.amountCents == null ? "" : view.format.money(deal.amountCents, deal.currency || "EUR");

const counted = ({ format }: View, { persons, companies, open }: NameTally) => ({
  persons: format.number(persons),
  companies: format.number(companies),
  open: format.number(open),
});

/** As whose numbers and codes those without a country are read, and why not as the tenant's. */
const LandNotice = (
  { view, land, country }: { view: View; land: Land | undefined; country: string },
) => {
  if (!land || land.country !== country) return null;
  const { t, format } = view;
  const name = countryName(view.locale, country);
  const signs = Object.entries(land.signs).filter(([, count]) => count > 0)
    .map(([sign, count]) => `${t(`imports.land_${sign as Sign}`)} (${format.number(count)})`);
  return land.certain
    ? (
      <Notice
        view={view}
        kind="info"
        text={t("imports.land_told", { country: name, signs: signs.join(", ") })}
      />
    )
    : <Notice view={view} kind="warn" text={t("imports.land_unsure", { country: name })} />;
};
