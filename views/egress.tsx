/** Which servers the processes may reach, and which they did reach in the last 30 days. */
import type { ContactedHost } from "../db/contacted_hosts.ts";
import { OperatorHead } from "./operator.tsx";
import { path } from "./path.ts";
import { countries } from "./processors/words.ts";
import { Badge } from "./ui/badge.tsx";
import { EmptyState } from "./ui/empty.tsx";
import { Panel } from "./ui/panel.tsx";
import { DataTable } from "./ui/table.tsx";
import type { View } from "./view.ts";

/** A server on the list of the processes' permissions. */
export interface Reachable {
  host: string;
  port: number;
  purpose: "database" | "mail" | "virus scan" | "processor" | "webhook";
  role: "all" | "jobs" | "egress";
  processorName: string | null;
  processorId: string | null;
  countries: readonly string[];
}

interface Props {
  view: View;
  reachable: readonly Reachable[];
  contacted: readonly ContactedHost[];
}

/** Whose a server is: an entry's, a customer's choice, or nobody's that we know of. */
const Owner = ({ view, row }: { view: View; row: ContactedHost }) => {
  const { processorId, processorName, namedByCustomer } = row;
  if (processorId && processorName) {
    return <a href={path`/operator/processors/${processorId}`}>{processorName}</a>;
  }
  if (namedByCustomer) return <>{view.t("egress.customers")}</>;
  return <Badge label={view.t("egress.unlisted")} tone="warn" />;
};

const purposeOf = ({ t }: View, { purpose, processorName }: Reachable) =>
  purpose === "processor"
    ? processorName ?? ""
    : t(`egress.${purpose === "virus scan" ? "scan" : purpose}`);

/** The list and the contacts. */
export const EgressPage = ({ view, reachable, contacted }: Props) => {
  const { t, format } = view;
  return (
    <>
      <OperatorHead view={view} current="egress" />
      <p>{t("egress.lead")}</p>
      <Panel title={t("egress.list")}>
        <DataTable<Reachable>
          view={view}
          caption={t("egress.list")}
          rows={reachable}
          phoneLine={(row) => purposeOf(view, row)}
          columns={[
            {
              key: "host",
              header: t("egress.host"),
              cell: ({ host, port }) => <code>{`${host}:${port}`}</code>,
            },
            {
              key: "purpose",
              header: t("egress.purpose"),
              priority: 2,
              cell: (row) => purposeOf(view, row),
            },
            {
              key: "role",
              header: t("egress.process"),
              priority: 2,
              cell: ({ role }) => t(`egress.role_${role}`),
            },
            {
              key: "country",
              header: t("egress.country"),
              cell: (row) => row.countries.length > 0 ? countries(view, row.countries) : "",
            },
          ]}
        />
      </Panel>
      <Panel title={t("egress.seen")}>
        <DataTable<ContactedHost>
          view={view}
          caption={t("egress.seen")}
          rows={contacted}
          empty={<EmptyState title={t("egress.empty")} />}
          phoneLine={({ purpose }) => t(`egress.purpose_${purpose}`)}
          columns={[
            {
              key: "host",
              header: t("egress.host"),
              cell: ({ host, port }) => <code>{`${host}:${port}`}</code>,
            },
            {
              key: "processor",
              header: t("egress.processor"),
              cell: (row) => <Owner view={view} row={row} />,
            },
            {
              key: "country",
              header: t("egress.country"),
              priority: 2,
              cell: (row) => row.countries.length > 0 ? countries(view, row.countries) : "",
            },
            {
              key: "purpose",
              header: t("egress.purpose"),
              priority: 2,
              cell: ({ purpose }) => t(`egress.purpose_${purpose}`),
            },
            {
              key: "answered",
              header: t("egress.answered"),
              align: "end",
              cell: ({ answered }) => format.number(answered),
            },
            {
              key: "failed",
              header: t("egress.failed"),
              align: "end",
              priority: 2,
              cell: ({ failed }) => format.number(failed),
            },
            {
              key: "last",
              header: t("egress.last"),
              priority: 2,
              cell: ({ lastAt }) => format.dateTime(lastAt),
            },
          ]}
        />
      </Panel>
    </>
  );
};
