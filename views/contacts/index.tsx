/** The list of contacts. */
import type { ContactRow } from "../../db/contact_lists.ts";
import { path } from "../path.ts";
import { ImportOrNew, type Listed, RecordIndex } from "../records/index.tsx";
import {
  momentColumns,
  ownerColumn,
  reachColumns,
  statusColumn,
  tagColumn,
} from "../records/index_columns.tsx";
import type { Column } from "../ui/table.tsx";
import { sortedName } from "./names.ts";

/** The page: what can be done, the filters, the rows. */
export const ContactIndex = (listed: Listed<ContactRow>) => {
  const { view, asked, companyName } = listed;
  return (
    <RecordIndex
      {...listed}
      kind="contact"
      columns={columns(listed)}
      label={sortedName}
      phoneLine={({ summary: { company, city } }) =>
        company && city ? `${company} · ${city}` : company || city}
      sub={companyName
        ? (
          <>
            {view.t("contacts.company")}:{" "}
            <a href={path`/companies/${asked.filter.company!}`}>{companyName}</a>
          </>
        )
        : undefined}
      actions={<ImportOrNew view={view} kind="contact" />}
    />
  );
};

const columns = ({ view, choices }: Listed<ContactRow>): Column<ContactRow>[] => [
  { key: "name", header: view.t("contacts.name"), sort: "name", cell: sortedName },
  {
    key: "company",
    header: view.t("contacts.company"),
    priority: 2,
    cell: ({ summary: { companyId, company } }) =>
      companyId && company ? <a href={path`/companies/${companyId}`}>{company}</a> : null,
  },
  ...reachColumns<ContactRow>(view, "contact"),
  tagColumn(view),
  statusColumn(view),
  ...momentColumns<ContactRow>(view),
  ownerColumn(view, choices.owners),
];
