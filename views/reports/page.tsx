/** The reports page: what is open, what is expected, what was closed and by whom. */
import type { Owner } from "../../db/choices.ts";
import type { Filter } from "../../db/report_figures.ts";
import type { Report } from "../../db/reports.ts";
import { query } from "../path.ts";
import { whoseOptions } from "../records/choices.ts";
import { LinkButton } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty.tsx";
import type { Option } from "../ui/field.tsx";
import { Filters, FilterSelect } from "../ui/filters.tsx";
import { PageHeader } from "../ui/page_header.tsx";
import { Panel } from "../ui/panel.tsx";
import type { View } from "../view.ts";
import { Bar, ColumnChart } from "./charts.tsx";
import { type Cell, type Section, sections } from "./sections.ts";

interface Props {
  view: View;
  report: Report;
  filter: Filter;
  /** The months that can be chosen, the newest first. */
  months: readonly string[];
  owners: readonly Owner[];
  teams: readonly Owner[];
  currencies: readonly string[];
}

const base = "/reports";

/** The address of a question. */
const parameters = ({ from, to, owner, currency }: Filter) => ({
  from,
  to,
  owner: owner ?? undefined,
  currency: currency === "EUR" ? undefined : currency,
});

/** All parts of the report below the filters. */
export const ReportPage = (props: Props) => {
  const { view, report, filter, owners } = props;
  const { t, format } = view;
  return (
    <>
      <PageHeader
        view={view}
        title={t("reports.title")}
        sub={t("reports.made", { at: format.time(report.madeAt) })}
      />
      <Question {...props} />
      <div class="reports">
        {sections(view, report.figures, filter, owners).map((section) => (
          <Panel
            title={section.title}
            id={section.name}
            actions={section.rows.length === 0 || !view.can("exports.run") ? null : (
              <LinkButton
                view={view}
                href={query(`${base}/csv`, { ...parameters(filter), of: section.name })}
                label={t("reports.as_csv", { name: section.title })}
                icon="download"
                iconOnly
                variant="quiet"
                download
              />
            )}
          >
            {section.name === "forecast" && section.rows.length > 0
              ? (
                <>
                  <Forecast {...props} section={section} />
                  <p class="hint">{t("reports.legend")}</p>
                </>
              )
              : null}
            <Numbers view={view} section={section} />
            {section.hidden > 0 ? <p class="hint">{t("reports.hidden")}</p> : null}
          </Panel>
        ))}
      </div>
    </>
  );
};

const Question = ({ view, filter, months, owners, teams, currencies }: Props) => {
  const { t, format } = view;
  const options = months.map((value) => ({ value, label: format.month(`${value}-01`) }));
  return (
    <Filters view={view} action={base} active={filter.owner ? 1 : 0}>
      <Always name="from" label={t("reports.from")} value={filter.from} options={options} />
      <Always name="to" label={t("reports.to")} value={filter.to} options={options} />
      <FilterSelect
        view={view}
        name="owner"
        label={t("records.owner")}
        value={filter.owner ?? ""}
        options={whoseOptions(view, { owners, teams })}
      />
      <Always
        name="currency"
        label={t("deals.currency")}
        value={filter.currency}
        options={currencies.map((value) => ({ value, label: value }))}
      />
    </Filters>
  );
};

/** A choice that is always made: a period has two ends. */
const Always = (
  { name, label, value, options }: {
    name: string;
    label: string;
    value: string;
    options: readonly Option[];
  },
) => (
  <select name={name} id={`filter-${name}`} aria-label={label}>
    {options.map((option) => (
      <option value={option.value} selected={option.value === value}>
        {`${label}: ${option.label}`}
      </option>
    ))}
  </select>
);

const Forecast = ({ view, report, filter, section }: Props & { section: Section }) => (
  <ColumnChart
    view={view}
    name={section.title}
    columns={report.figures.forecast.map(({ month, cents, weighted }) => ({
      label: month === "late" ? view.t("reports.late") : `${month.slice(5)}/${month.slice(2, 4)}`,
      all: Number(cents) / 100,
      part: Number(weighted) / 100,
    }))}
    worth={(value) => view.format.moneyInShort(Math.round(value * 100), filter.currency)}
  />
);

const textOf = (cell: Cell) => typeof cell === "string" ? cell : cell.text;
const valueOf = (cell: Cell | undefined) =>
  cell === undefined || typeof cell === "string" ? 0 : cell.value;

/** A part as a table; one of its numbers is drawn as a bar as well. */
const Numbers = ({ view, section }: { view: View; section: Section }) => {
  const { heads, rows, bar, title } = section;
  if (rows.length === 0) return <EmptyState title={view.t("reports.empty")} />;
  const most = bar < 0 ? 0 : Math.max(...rows.map((row) => valueOf(row[bar])));
  return (
    <div class="numbers-scroll" tabindex={0} role="group" aria-label={title}>
      <table class="data numbers">
        <caption class="visually-hidden">{title}</caption>
        <thead>
          <tr>
            {heads.map((head, n) => <th scope="col" class={n === 0 ? undefined : "end"}>{head}
            </th>)}
            {bar < 0 ? null : <td class="bar-cell" />}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr>
              <th scope="row">{textOf(row[0]!)}</th>
              {row.slice(1).map((cell) => <td class="end">{textOf(cell)}</td>)}
              {bar < 0 ? null : (
                <td class="bar-cell">
                  <Bar value={valueOf(row[bar])} most={most} />
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};
