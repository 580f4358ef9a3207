/** The board of a pipeline: a column per stage, a card per deal, each moved by hand or by a button. */
import type { Choices } from "../../db/choices.ts";
import type { Column } from "../../db/deal_boards.ts";
import type { LostReason } from "../../db/lost_reasons.ts";
import type { Pipeline } from "../../db/pipelines.ts";
import type { Stage } from "../../db/stages.ts";
import { query } from "../path.ts";
import { tagOptions, whoseOptions } from "../records/choices.ts";
import { NewRecord } from "../records/index.tsx";
import { LinkButton } from "../ui/button.tsx";
import { Filters, FilterSelect } from "../ui/filters.tsx";
import { Notice } from "../ui/flash.tsx";
import { Menu, MenuLink } from "../ui/menu.tsx";
import { PageHeader } from "../ui/page_header.tsx";
import { Tabs } from "../ui/tabs.tsx";
import type { View } from "../view.ts";
import { boardHref, boardParameters, type Wanted } from "./board_addresses.ts";
import { Cards } from "./cards.tsx";
import { ReasonForm } from "./steps.tsx";

export interface BoardProps {
  view: View;
  wanted: Wanted;
  pipelines: readonly Pipeline[];
  pipeline: Pipeline;
  columns: readonly Column[];
  /** The most that a column counts. */
  bound: number;
  closedDays: number;
  choices: Choices;
  /** The column that was asked for from one of its cards on. */
  paged: string | null;
  /** The deal just lost, for which no reason has been given yet. */
  lost: { id: string; title: string } | null;
  reasons: readonly LostReason[];
  /** What became of a wish that could not be followed. */
  message: string | null;
}

/** The page. */
export const Board = (props: BoardProps) => {
  const { view, pipeline, pipelines, wanted, columns, lost, reasons, message } = props;
  const { t } = view;
  return (
    <>
      <PageHeader view={view} title={t("deals.board")}>
        <LinkButton view={view} href="/deals" label={t("deals.list")} icon="list" />
        <NewRecord
          view={view}
          kind="deal"
          href={query("/deals/new", { pipeline: wanted.pipeline })}
        />
        {view.can("pipelines.manage")
          ? (
            <Menu view={view} label={t("common.more_actions")} iconOnly>
              <MenuLink href="/settings/pipelines" label={t("pipelines.title")} />
            </Menu>
          )
          : null}
      </PageHeader>
      {message ? <Notice view={view} kind="error" text={message} /> : null}
      {pipelines.length > 1
        ? (
          <Tabs
            label={t("deals.pipelines")}
            links={pipelines.map(({ id, name }) => ({
              href: boardHref({ ...wanted, pipeline: id }),
              label: name,
              current: id === pipeline.id,
            }))}
          />
        )
        : null}
      <BoardFilters {...props} />
      {lost
        ? (
          <ReasonForm
            view={view}
            deal={lost}
            reasons={reasons}
            board={query("", boardParameters(wanted)).slice(1)}
          />
        )
        : null}
      <div
        class="board"
        id="board"
        tabindex={0}
        role="group"
        aria-label={t("deals.board_of", { name: pipeline.name })}
        {...view.can("deals.write") ? words(view) : {}}
      >
        {columns.map((column, index) => (
          <BoardColumn {...props} column={column} stage={pipeline.stages[index]!} />
        ))}
      </div>
      <p class="visually-hidden" role="status" id="board-status" />
    </>
  );
};

/** What the script says aloud while a card is on its way. */
const words = ({ t }: View) => ({
  "data-board": "",
  "data-picked": t("deals.picked"),
  "data-over": t("deals.over"),
  "data-dropped": t("deals.dropped"),
  "data-put-back": t("deals.put_back"),
});

const BoardFilters = ({ view, wanted, choices }: BoardProps) => {
  const { t } = view;
  const { pipeline, owner, tag, rotting, idle } = wanted;
  const active = [owner, tag, rotting, idle].filter(Boolean).length;
  return (
    <Filters
      view={view}
      action="/deals/board"
      reset={boardHref({ pipeline, owner: null, tag: null, rotting: false, idle: false })}
      active={active}
      keep={pipeline ? { pipeline } : {}}
    >
      {choices.owners.length > 1
        ? (
          <FilterSelect
            view={view}
            name="owner"
            label={t("records.owner")}
            value={owner ?? ""}
            options={whoseOptions(view, choices)}
          />
        )
        : null}
      {choices.tags.length > 0
        ? (
          <FilterSelect
            view={view}
            name="tag"
            label={t("records.tag")}
            value={tag ?? ""}
            options={tagOptions(choices.tags)}
          />
        )
        : null}
      <label class="choice">
        <input type="checkbox" name="rotting" value="1" checked={rotting} />
        <span>{t("deals.rotting_only")}</span>
      </label>
      <label class="choice">
        <input type="checkbox" name="empty" value="activity" checked={idle} />
        <span>{t("lists.empty_activity")}</span>
      </label>
    </Filters>
  );
};

const BoardColumn = (
  props: BoardProps & { column: Column; stage: Stage },
) => {
  const { view, column, stage, bound, closedDays, paged, wanted } = props;
  const { t } = view;
  const heading = `stage-${stage.id}`;
  return (
    <section class="column" data-stage={stage.id} aria-labelledby={heading}>
      <header class={`column-head stage-${stage.colour}`}>
        <h2 id={heading}>
          {`${stage.name} `}
          <span class="count">
            {column.count > bound
              ? t("records.count_more", { count: bound })
              : view.format.number(column.count)}
          </span>
        </h2>
        <p class="sums">
          {column.count > bound
            ? null
            : column.sums.map(({ currency, cents }) => (
              <span class="money">{view.format.money(BigInt(cents), currency)}</span>
            ))}
        </p>
        {stage.kind === "open" ? null : <p>{t("deals.closed_lately", { count: closedDays })}</p>}
      </header>
      <ol class="cards">
        {paged === stage.id
          ? (
            <li class="more">
              <a href={boardHref(wanted)}>{t("deals.column_start")}</a>
            </li>
          )
          : null}
        <Cards {...props} {...column} />
      </ol>
    </section>
  );
};
