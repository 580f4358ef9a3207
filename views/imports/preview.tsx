/** The first rows of a file as they will be read. */
import type { Glance as Seen } from "../../db/imports/glances.ts";
import { Panel } from "../ui/panel.tsx";
import { type Column, DataTable } from "../ui/table.tsx";
import type { View } from "../view.ts";

/** A row as the product reads it. */
export interface Glance extends Seen {
  row: number;
  /** Why nothing is made of it. */
  problem: string;
}

/** The first rows as they will be read. */
export const PreviewPanel = ({ view, glances }: { view: View; glances: readonly Glance[] }) => {
  const { t } = view;
  const columns: Column<Glance>[] = [
    { key: "row", header: t("imports.row"), align: "end", cell: ({ row }) => String(row) },
    {
      key: "name",
      header: t("common.name"),
      heading: true,
      cell: ({ name, problem }) => name || (problem ? <span class="error">{problem}</span> : ""),
    },
    {
      key: "company",
      header: t("contacts.company"),
      priority: 2,
      cell: ({ company }) => company,
    },
    {
      key: "email",
      header: t("import_targets.email"),
      priority: 2,
      cell: ({ email }) => email,
    },
    {
      key: "phone",
      header: t("import_targets.phone"),
      priority: 2,
      cell: ({ phone }) => (phone === "" ? "" : view.format.phone(phone)),
    },
    {
      key: "place",
      header: t("import_targets.part_city"),
      priority: 3,
      cell: ({ place }) => place,
    },
  ];
  return (
    <Panel title={t("imports.preview")}>
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
