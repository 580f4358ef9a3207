/** The list of deals. */
import type { ListedDeal } from "../../db/deal_lists.ts";
import type { Sum } from "../../db/deal_sums.ts";
import type { Stage } from "../../db/stages.ts";
import { ImportOrNew, type Listed, RecordIndex } from "../records/index.tsx";
import { momentColumns, ownerColumn, tagColumn } from "../records/index_columns.tsx";
import { LinkButton } from "../ui/button.tsx";
import type { Column } from "../ui/table.tsx";
import { Money, Nothing, Time } from "../ui/values.tsx";
import type { View } from "../view.ts";
import { daysIn, isRotting, stagesById } from "./choices.ts";
import type { DealChoices } from "./filters.tsx";
import { idleMark, idling, Rotting, StageMark } from "./marks.tsx";

type Props = Listed<ListedDeal> & {
  deals: DealChoices;
  /** What they all come to, by currency. */
  sums: readonly Sum[];
};

/** The page: what can be done, the filters, the rows. */
export const DealIndex = (listed: Props) => {
  const { view, sums } = listed;
  const { money } = view.format;
  return (
    <RecordIndex
      {...listed}
      kind="deal"
      columns={columns(listed)}
      label={({ title }) => title}
      phoneLine={(row) => phoneLine(view, row)}
      sub={sums.length > 0
        ? view.t("deals.sum", {
          sum: sums.map(({ currency, cents }) => money(cents, currency)).join(" · "),
        })
        : undefined}
      ways={
        <LinkButton
          view={view}
          href="/deals/board"
          label={view.t("deals.board")}
          icon="square-kanban"
        />
      }
      actions={<ImportOrNew view={view} kind="deal" />}
    />
  );
};

const phoneLine = ({ format }: View, { summary, amountCents, currency }: ListedDeal) =>
  [summary.company, amountCents === null ? null : format.money(amountCents, currency)]
    .filter(Boolean).join(" · ") || null;

const columns = ({ view, choices, deals }: Props): Column<ListedDeal>[] => {
  const { t } = view;
  const stages = stagesById(deals.pipelines);
  const idle = idling(view, view.path);
  return [
    { key: "name", header: t("deals.name"), sort: "name", cell: ({ title }) => title },
    {
      key: "company",
      header: t("contacts.company"),
      priority: 2,
      cell: ({ summary }) => summary.company ?? null,
    },
    {
      key: "stage",
      header: t("deals.stage"),
      whole: true,
      cell: (row) => <Stand view={view} row={row} stage={stages.get(row.stageId)} idle={idle} />,
    },
    {
      key: "amount",
      header: t("deals.amount"),
      align: "end",
      priority: 2,
      sort: "amount",
      cell: ({ amountCents, currency }) => (
        <Money view={view} cents={amountCents} currency={currency} />
      ),
    },
    {
      key: "close",
      header: t("deals.close"),
      priority: 2,
      sort: "close",
      cell: ({ expectedCloseOn }) => <Time view={view} moment={expectedCloseOn} />,
    },
    tagColumn(view),
    ownerColumn(view, choices.owners),
    {
      key: "since",
      header: t("deals.since"),
      priority: 3,
      cell: ({ stageSince }) => <Time view={view} moment={stageSince} />,
    },
    ...momentColumns<ListedDeal>(view),
    { key: "source", header: t("contacts.source"), priority: 3, cell: ({ source }) => source },
    {
      key: "pipeline",
      header: t("deals.pipeline"),
      priority: 3,
      cell: ({ pipelineId }) => deals.pipelines.find(({ id }) => id === pipelineId)?.name ?? null,
    },
  ];
};

const Stand = (
  { view, row, stage, idle }: {
    view: View;
    row: ListedDeal;
    stage: Stage | undefined;
    idle: ReturnType<typeof idling>;
  },
) =>
  stage
    ? (
      <span class="stand">
        <StageMark stage={stage} />
        {isRotting(view, row, stage)
          ? <Rotting view={view} days={daysIn(view, row)} inShort />
          : null}
        {row.idle ? idleMark(idle, row) : null}
      </span>
    )
    : <Nothing view={view} />;
