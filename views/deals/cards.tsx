/** The cards of a board's column, and the link to more. */
import type { Owner } from "../../db/choices.ts";
import type { Card } from "../../db/deal_boards.ts";
import type { Pipeline } from "../../db/pipelines.ts";
import type { Stage } from "../../db/stages.ts";
import { path, query } from "../path.ts";
import { Icon } from "../ui/icon.tsx";
import type { View } from "../view.ts";
import { boardHref, boardParameters, type Wanted } from "./board_addresses.ts";
import { daysIn, isRotting } from "./choices.ts";
import { idleMark, idling, Rotting } from "./marks.tsx";

interface Props {
  view: View;
  wanted: Wanted;
  pipeline: Pipeline;
  choices: { owners: readonly Owner[] };
  stageId: string;
  cards: readonly Card[];
  next: string | null;
}

/** The cards; with JavaScript the link at the end is replaced by the cards it loads. */
export const Cards = (props: Props) => {
  const { view, wanted, pipeline, choices, stageId, cards, next } = props;
  const stage = pipeline.stages.find(({ id }) => id === stageId);
  const shown: Shown = {
    view,
    stage,
    owners: new Map(choices.owners.map(({ id, name }) => [id, name])),
    today: view.format.day(view.now),
    idling: idling(view, boardHref(wanted)),
    fields: view.can("deals.write") ? MoveFields({ view, wanted, pipeline, stageId }) : null,
    words: { move: view.t("deals.move"), stage: view.t("deals.stage"), grip: view.t("deals.grip") },
  };
  const href = next && boardHref(wanted, { stage: stageId, after: next });
  return (
    <>
      {/* Called, not written as elements: a component costs more than the card in it. */}
      {cards.map((card) => DealCard(shown, card))}
      {href
        ? (
          <li class="more">
            <a
              href={href}
              data-hx-get={href}
              data-hx-target="closest li"
              data-hx-swap="outerHTML"
            >
              {view.t("deals.more_cards")}
            </a>
          </li>
        )
        : null}
    </>
  );
};

/** What is the same on all cards of a column. */
interface Shown {
  view: View;
  stage: Stage | undefined;
  owners: ReadonlyMap<string, string>;
  today: string;
  idling: ReturnType<typeof idling>;
  /** Null for users who may not move cards. */
  fields: ReturnType<typeof MoveFields> | null;
  words: { move: string; stage: string; grip: string };
}

function DealCard(shown: Shown, card: Card) {
  const { view, stage, owners, today, fields, words } = shown;
  const { title, summary, amountCents, currency, expectedCloseOn, ownerId } = card;
  const owner = owners.get(ownerId ?? "");
  const late = stage?.kind === "open" && expectedCloseOn !== null && expectedCloseOn < today;
  const href = path`/deals/${card.id}`;
  return (
    <li class="card" id={`deal-${card.id}`}>
      <a class="card-title" href={href}>{title}</a>
      <p class="card-company">
        <span>{summary.company ?? ""}</span>
        {owner ? <abbr class="initials" title={owner}>{initials(owner)}</abbr> : null}
        {card.idle ? idleMark(shown.idling, card) : null}
      </p>
      <p class="card-line">
        {amountCents === null ? null : <b>{view.format.money(amountCents, currency)}</b>}
        {expectedCloseOn === null
          ? null
          : <span class={late ? "late" : undefined}>{view.format.date(expectedCloseOn)}</span>}
        {isRotting(view, card, stage)
          ? <Rotting view={view} days={daysIn(view, card)} inShort />
          : null}
      </p>
      {fields
        ? (
          <div class="card-hands">
            <details class="card-move">
              <summary title={words.move}>
                <Icon view={view} name="arrow-left-right" />
                <span class="visually-hidden">{`${words.move}: ${title}`}</span>
              </summary>
              <form
                method="post"
                action={`${href}/stage`}
                data-hx-boost="swap:outerMorph select:#main target:#main"
                data-hx-replace-url="true"
              >
                <input type="hidden" name="version" value={String(card.version)} />
                <select name="stage" aria-label={`${words.stage}: ${title}`}>
                  {fields.options}
                </select>
                {fields.rest}
              </form>
            </details>
            <button type="button" class="grip" data-needs-script hidden aria-pressed="false">
              <Icon view={view} name="grip-vertical" />
              <span class="visually-hidden">{`${words.grip}: ${title}`}</span>
            </button>
          </div>
        )
        : null}
    </li>
  );
}

/** The stages a card of this column can go to, the next one chosen, and the button. */
function MoveFields(
  { view, wanted, pipeline, stageId }: Omit<Props, "cards" | "next" | "choices">,
) {
  const at = pipeline.stages.findIndex(({ id }) => id === stageId);
  const following = pipeline.stages[at + 1]?.id;
  const board = query("", boardParameters(wanted)).slice(1);
  return {
    options: (
      <>
        {pipeline.stages.map(({ id, name }) =>
          id === stageId ? null : <option value={id} selected={id === following}>{name}</option>
        )}
      </>
    ),
    rest: (
      <>
        <input type="hidden" name="board" value={board} />
        <button type="submit" class="button button-plain">{view.t("deals.move")}</button>
      </>
    ),
  };
}

function initials(name: string): string {
  const words = name.split(/\s+/).filter(Boolean);
  return [words[0], words.length > 1 ? words.at(-1) : undefined]
    .map((word) => [...word ?? ""][0] ?? "").join("").toUpperCase();
}
