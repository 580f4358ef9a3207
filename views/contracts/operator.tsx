/** The operator's contracts and erasures: what is ending, which step is done, what is late. */
import type { ContractEntry } from "../../db/contracts.ts";
import type { Confirmation, Erasure, StepState } from "../../db/tenant_erasures.ts";
import { OperatorHead } from "../operator.tsx";
import { path, query } from "../path.ts";
import { Badge } from "../ui/badge.tsx";
import { LinkButton, PostButton } from "../ui/button.tsx";
import { DescriptionList } from "../ui/descriptions.tsx";
import { EmptyState } from "../ui/empty.tsx";
import { Pager } from "../ui/pager.tsx";
import { Panel } from "../ui/panel.tsx";
import { DataTable } from "../ui/table.tsx";
import { Nothing } from "../ui/values.tsx";
import type { MessageKey } from "../i18n/translate.ts";
import type { View } from "../view.ts";
import { PhaseBadge } from "./days.tsx";

interface IndexProps {
  view: View;
  contracts: readonly ContractEntry[];
  next: string | null;
  erasures: readonly Erasure[];
}

/** All contracts, those that end first on top, and the erasures under way or done. */
export const ContractIndex = ({ view, contracts, next, erasures }: IndexProps) => {
  const { t, format } = view;
  const day = (value: string | null) => value ? format.date(value) : <Nothing view={view} />;
  return (
    <>
      <OperatorHead view={view} current="contracts" />
      <DataTable<ContractEntry>
        view={view}
        caption={t("operator.contracts")}
        rows={contracts}
        empty={<EmptyState title={t("contracts.none")} />}
        phoneLine={({ endsOn }) => endsOn ? format.date(endsOn) : ""}
        columns={[
          { key: "name", header: t("operator.tenant"), cell: ({ name }) => name },
          {
            key: "state",
            header: t("contracts.state"),
            cell: (contract) => <PhaseBadge view={view} contract={contract} />,
          },
          {
            key: "started",
            header: t("contracts.started_on"),
            priority: 3,
            cell: ({ startedOn }) => format.date(startedOn),
          },
          {
            key: "uses",
            header: t("contracts.uses_until"),
            priority: 2,
            cell: ({ usesUntil }) => day(usesUntil),
          },
          {
            key: "ends",
            header: t("contracts.ends_on"),
            priority: 2,
            cell: ({ endsOn }) => day(endsOn),
          },
        ]}
      />
      <Pager
        view={view}
        previous={view.path.includes("after=") ? "/operator/contracts" : null}
        next={next ? query("/operator/contracts", { after: next }) : null}
      />
      <Panel
        title={t("contracts.erasures")}
        actions={
          <LinkButton
            view={view}
            href="/operator/invoices"
            label={t("contracts.invoices")}
            variant="quiet"
          />
        }
      >
        <DataTable<Erasure>
          view={view}
          caption={t("contracts.erasures")}
          rows={erasures}
          empty={<EmptyState title={t("contracts.no_erasures")} />}
          phoneLine={({ contractEndedOn }) => format.date(contractEndedOn)}
          columns={[
            {
              key: "tenant",
              header: t("operator.tenant"),
              cell: ({ id, name, house }) => (
                <a href={path`/operator/erasures/${id}`}>{name || house}</a>
              ),
            },
            {
              key: "ended",
              header: t("contracts.ends_on"),
              priority: 2,
              cell: ({ contractEndedOn }) => format.date(contractEndedOn),
            },
            {
              key: "status",
              header: t("contracts.state"),
              cell: ({ status }) => (
                <Badge
                  label={t(`contracts.erasure_${status}`)}
                  tone={status === "done" ? "ok" : status === "running" ? "warn" : "neutral"}
                />
              ),
            },
          ]}
        />
      </Panel>
    </>
  );
};

interface ErasureProps {
  view: View;
  erasure: Erasure;
  steps: readonly StepState[];
  confirmations: readonly Confirmation[];
  invoices: { count: number; until: string | null };
  today: string;
}

/** One erasure: each step with its day, what it counted, and what it is waiting for. */
export const ErasurePage = (
  { view, erasure, steps, confirmations, invoices, today }: ErasureProps,
) => {
  const { t, format } = view;
  const late = ({ state, dueOn }: StepState) => state !== "done" && dueOn < today;
  return (
    <>
      <OperatorHead view={view} current="contracts" />
      <Panel title={t("contracts.erasure_of", { name: erasure.name || erasure.house })}>
        <DescriptionList
          items={[
            [t("contracts.state"), t(`contracts.erasure_${erasure.status}`)],
            [t("contracts.ends_on"), format.date(erasure.contractEndedOn)],
            [t("contracts.number"), erasure.house],
            erasure.certificateId !== null && [
              t("certificates.document_title"),
              <>
                <a href={path`/operator/certificates/${erasure.certificateId}.pdf`} download>
                  {t("certificates.pdf")}
                </a>,{" "}
                <a href={path`/operator/certificates/${erasure.certificateId}.json`} download>
                  {t("certificates.json")}
                </a>
              </>,
            ],
            invoices.count > 0 && [
              t("contracts.kept_by_law"),
              t("contracts.kept_invoices", {
                count: invoices.count,
                date: format.date(invoices.until!),
              }),
            ],
          ]}
        />
        <DataTable<StepState>
          view={view}
          caption={t("contracts.steps")}
          rows={steps}
          empty={null}
          phoneLine={({ dueOn, errorCode }) =>
            [format.date(dueOn), faultOf(view, errorCode)].filter(Boolean).join(" · ")}
          columns={[
            {
              key: "step",
              header: t("contracts.step"),
              cell: ({ step }) => t(`contracts.step_${step}`),
            },
            {
              key: "state",
              header: t("contracts.state"),
              cell: (state) => (
                <Badge
                  label={t(
                    late(state) ? "contracts.step_late" : `contracts.step_is_${state.state}`,
                  )}
                  tone={state.state === "done"
                    ? "ok"
                    : late(state) || state.state === "failed"
                    ? "danger"
                    : "neutral"}
                />
              ),
            },
            {
              key: "due",
              header: t("contracts.due_on"),
              priority: 2,
              cell: ({ dueOn }) => format.date(dueOn),
            },
            {
              key: "done",
              header: t("contracts.done_at"),
              priority: 2,
              cell: ({ finishedAt }) =>
                finishedAt ? format.dateTime(finishedAt) : <Nothing view={view} />,
            },
            {
              key: "figures",
              header: t("proofs.figures"),
              priority: 3,
              cell: ({ figures, errorCode }) =>
                [faultOf(view, errorCode), told(view, figures)].filter(Boolean).join("; "),
            },
          ]}
        />
      </Panel>
      <Panel title={t("contracts.processors")}>
        <DataTable<Confirmation>
          view={view}
          caption={t("contracts.processors")}
          rows={confirmations}
          empty={<EmptyState title={t("contracts.no_processors")} />}
          phoneLine={({ confirmedAt }) => confirmedAt ? format.dateTime(confirmedAt) : ""}
          columns={[
            { key: "name", header: t("common.name"), cell: ({ name }) => name },
            {
              key: "method",
              header: t("contracts.method"),
              cell: ({ method }) =>
                method ? t(`contracts.method_${method}`) : <Nothing view={view} />,
            },
            {
              key: "at",
              header: t("contracts.done_at"),
              priority: 2,
              cell: ({ confirmedAt }) =>
                confirmedAt ? format.dateTime(confirmedAt) : <Nothing view={view} />,
            },
            {
              key: "action",
              header: t("common.actions"),
              cell: ({ processorId, name, confirmedAt }) =>
                confirmedAt ? null : (
                  <PostButton
                    view={view}
                    action={path`/operator/erasures/${erasure.id}/confirmations`}
                    fields={{ processorId }}
                    label={t("contracts.confirm")}
                    variant="quiet"
                  >
                    <span class="visually-hidden">{name}</span>
                  </PostButton>
                ),
            },
          ]}
        />
      </Panel>
    </>
  );
};

/** The counts of a step in words; lists are shown by their length, and what is neither is left out. */
const told = ({ t, format }: View, figures: Record<string, unknown>): string =>
  figureNames.filter((name) => name in figures).map((name) =>
    `${t(`contracts.figure_${name}`)} ${format.number(countOf(figures[name]))}`
  ).join(", ");

const figureNames = [
  ...["tables", "waiting", "jobs", "files", "identities", "keys", "processors", "open"],
  ...["lines", "left", "places"],
] as readonly FigureName[];
type FigureName = MessageKey extends infer K
  ? K extends `contracts.figure_${infer Name}` ? Name : never
  : never;

const countOf = (value: unknown): number =>
  Array.isArray(value)
    ? value.length
    : typeof value === "object" && value !== null
    ? Object.keys(value).length
    : Number(value);

/** What went wrong, where there are words for it; else the fault's own code. */
const faultOf = ({ t }: View, code: string | null): string | null =>
  code === "traces_found" ? t("contracts.fault_traces_found") : code;
