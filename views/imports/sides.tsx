/** Rows whose record already exists, beside that record, each with what to do about it. */
import type { Choice } from "../../db/imports/choices.ts";
import type { Glance } from "../../db/imports/glances.ts";
import type { Existing } from "../../db/imports/merges.ts";
import type { ReportedRow } from "../../db/imports/reports.ts";
import type { Import } from "../../db/imports.ts";
import { path } from "../path.ts";
import { fieldLabel } from "../records/history.tsx";
import { Button } from "../ui/button.tsx";
import { HiddenField } from "../ui/field.tsx";
import { TextTable } from "../ui/text_table.tsx";
import type { View } from "../view.ts";
import { worthOf } from "./preview.tsx";
import { problemText } from "./problems.ts";

/** The existing records beside the rows of a page. */
export interface Sides {
  /** Records of the stock by id. */
  standing: ReadonlyMap<string, Glance>;
  /** Choices by row. */
  made: ReadonlyMap<number, Choice>;
  /** How many choices were made in all. */
  decided: number;
  /** The row that this page follows. */
  after: string;
}

interface Props {
  view: View;
  run: Import;
  group: "duplicate" | "updated";
  rows: readonly ReportedRow[];
  sides: Sides;
}

/** The rows of the page; after a rehearsal with a choice for each. */
export const BothSides = (props: Props) => {
  const { view, run, group, rows, sides } = props;
  const { t } = view;
  const open = run.status === "checked" && rows.some((row) => offered(row).length > 0);
  const usual = run.options?.existing ?? "skip";
  const head = [t("imports.row"), t("imports.in_file"), t("imports.there"), t("imports.reason")];
  const table = rows.length === 0 ? <p class="hint">{t("imports.report_empty")}</p> : (
    <TextTable
      caption={t(`imports.outcome_${group}`)}
      head={open ? [...head, t("imports.choice")] : head}
      rows={rows.map((row) => [
        String(row.row),
        row.cells[0] ? <Seen view={view} glance={row.cells[0]} /> : "",
        <There {...{ view, row, sides }} />,
        row.problems.map((each) => reason(view, row, each)).join(" "),
        ...(open ? [<Choices {...{ view, row, usual }} made={sides.made.get(row.row)} />] : []),
      ])}
    />
  );
  if (!open) return table;
  return (
    <form method="post" action={path`/imports/${run.id}/choices`}>
      <HiddenField name="rows" value={group} />
      <HiddenField name="after" value={sides.after} />
      {table}
      <Button view={view} label={t("imports.choices_keep")} />
    </form>
  );
};

function reason(view: View, row: ReportedRow, each: ReportedRow["problems"][number]): string {
  if (each.code !== "record_updated") return problemText(view, each);
  const noun = row.companyId ? "companies" : "contacts";
  const fields = String(each.params.fields).split(",").map((name) => fieldLabel(view, noun, name));
  return problemText(view, { ...each, params: { fields: fields.join(", ") } });
}

const Seen = ({ view, glance }: { view: View; glance: Glance }) => {
  const { name, company, email, phone, place, deal } = glance;
  const more = [company, email, phone && view.format.phone(phone), place, worthOf(view, deal)]
    .filter(Boolean);
  return (
    <>
      {name}
      {more.length > 0 ? <small>{more.join(" · ")}</small> : null}
    </>
  );
};

const There = ({ view, row, sides }: { view: View; row: ReportedRow; sides: Sides }) => {
  const { contactId, companyId, cells: [, earlier], problems } = row;
  if (earlier) {
    return (
      <>
        {view.t("imports.row_number", { row: problems[0]!.params.row ?? "" })}{" "}
        <Seen view={view} glance={earlier} />
      </>
    );
  }
  const glance = sides.standing.get(contactId ?? companyId ?? "");
  if (!glance) return null;
  const href = contactId ? path`/contacts/${contactId}` : path`/companies/${companyId!}`;
  return (
    <a href={href}>
      <Seen view={view} glance={glance} />
    </a>
  );
};

/** What can be decided about a row: of a repeated row only whether it is another person. */
function offered({ contactId, companyId, problems }: ReportedRow): readonly Choice[] {
  if (contactId || companyId) return ["skip", "fill", "overwrite", "create"];
  const code = problems[0]?.code;
  return code === "duplicate_in_file" || code === "duplicate_deal_in_stock"
    ? ["skip", "create"]
    : [];
}

const Choices = (
  { view, row, usual, made }: {
    view: View;
    row: ReportedRow;
    usual: Existing;
    made: Choice | undefined;
  },
) => {
  const { t } = view;
  const possible = offered(row);
  if (possible.length === 0) return null;
  const like = row.contactId || row.companyId ? usual : "skip";
  return (
    <select
      name={`choice.r${row.row}`}
      aria-label={t("imports.choice_of", { row: row.row })}
    >
      <option value="">{t("imports.choice_usual", { choice: t(`imports.choice_${like}`) })}</option>
      {possible.map((value) => (
        <option value={value} selected={value === made}>{t(`imports.choice_${value}`)}</option>
      ))}
    </select>
  );
};
