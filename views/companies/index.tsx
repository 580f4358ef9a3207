/** The list of companies. */
import type { CompanyRow } from "../../db/company_lists.ts";
import { ImportOrNew, type Listed, RecordIndex } from "../records/index.tsx";
import {
  momentColumns,
  ownerColumn,
  reachColumns,
  statusColumn,
  tagColumn,
} from "../records/index_columns.tsx";
import type { Column } from "../ui/table.tsx";

/** The page: what can be done, the filters, the rows. */
export const CompanyIndex = (listed: Listed<CompanyRow>) => (
  <RecordIndex
    {...listed}
    kind="company"
    columns={columns(listed)}
    label={({ name }) => name}
    phoneLine={({ summary }) => summary.city ?? null}
    actions={<ImportOrNew view={listed.view} kind="company" />}
  />
);

const columns = ({ view, choices }: Listed<CompanyRow>): Column<CompanyRow>[] => [
  { key: "name", header: view.t("companies.name"), sort: "name", cell: ({ name }) => name },
  {
    key: "industry",
    header: view.t("companies.industry"),
    priority: 3,
    cell: ({ industry }) => industry,
  },
  ...reachColumns<CompanyRow>(view, "company"),
  tagColumn(view),
  statusColumn(view),
  ...momentColumns<CompanyRow>(view),
  ownerColumn(view, choices.owners),
];
