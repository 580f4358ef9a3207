/** The register of breaches, and unusual activity of the last day. */
import type { Signs } from "../../db/incident_signs.ts";
import type { Incident } from "../../db/incidents.ts";
import { OperatorHead } from "../operator.tsx";
import { path, query } from "../path.ts";
import { LinkButton } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty.tsx";
import { Pager } from "../ui/pager.tsx";
import { Panel } from "../ui/panel.tsx";
import { DataTable } from "../ui/table.tsx";
import type { View } from "../view.ts";
import { AsOn } from "../register_versions.tsx";
import { home, State } from "./state.tsx";

export const IncidentIndex = (
  { view, incidents, next, signs }: {
    view: View;
    incidents: readonly Incident[];
    next: string | null;
    signs: Signs;
  },
) => {
  const { t, format } = view;
  return (
    <>
      <OperatorHead view={view} current="incidents" />
      <div class="toolbar">
        <LinkButton view={view} href={`${home}/new`} label={t("incidents.new")} icon="plus" />
      </div>
      <DataTable<Incident>
        view={view}
        caption={t("operator.incidents")}
        rows={incidents}
        href={({ id }) => home + path`/${id}`}
        empty={<EmptyState title={t("incidents.empty")} />}
        phoneLine={({ noticedAt }) => format.dateTime(noticedAt)}
        columns={[
          {
            key: "title",
            header: t("incidents.title"),
            heading: true,
            cell: ({ title }) => title,
          },
          {
            key: "noticed",
            header: t("incidents.noticed"),
            priority: 2,
            cell: ({ noticedAt }) => format.dateTime(noticedAt),
          },
          {
            key: "risk",
            header: t("incidents.risk"),
            priority: 2,
            cell: ({ risk }) => t(`incidents.risk_${risk}`),
          },
          {
            key: "customers",
            header: t("incidents.customers"),
            align: "end",
            priority: 2,
            cell: ({ customers, notifiedCustomers }) => `${notifiedCustomers} / ${customers}`,
          },
          {
            key: "state",
            header: t("proofs.state"),
            cell: (incident) => <State view={view} incident={incident} />,
          },
        ]}
      />
      <Pager
        view={view}
        previous={view.path.includes("after=") ? home : null}
        next={next ? query(home, { after: next }) : null}
      />
      <AsOn
        view={view}
        title={t("incidents.register_as_on")}
        files={[[`${home}/register.pdf`, "PDF"], [`${home}/register.csv`, "CSV"]]}
      />
      <Panel title={t("incidents.signs")} id="signs">
        <ul class="bullets">
          <li>{t("incidents.sign_guessed")}: {format.number(signs.guessed)}</li>
          <li>{t("incidents.sign_scattered")}: {format.number(signs.scattered)}</li>
        </ul>
        <DataTable<Signs["exports"][number]>
          view={view}
          caption={t("incidents.sign_exports")}
          rows={signs.exports}
          empty={<p>{t("incidents.signs_empty")}</p>}
          columns={[
            {
              key: "customer",
              header: t("operator.tenant"),
              heading: true,
              cell: ({ tenantName }) => tenantName,
            },
            {
              key: "user",
              header: t("incidents.user"),
              priority: 2,
              cell: ({ userId }) => <code>{userId ?? ""}</code>,
            },
            {
              key: "exports",
              header: t("incidents.exports"),
              align: "end",
              cell: ({ exports }) => format.number(exports),
            },
            {
              key: "rows",
              header: t("incidents.rows"),
              align: "end",
              cell: ({ rowSum }) => format.number(rowSum),
            },
          ]}
        />
      </Panel>
    </>
  );
};
