/** The board of deals: its columns and pages of them, moving cards, saying why one is lost. */
import { z } from "zod";
import * as choices from "../db/choices.ts";
import * as boards from "../db/deal_boards.ts";
import * as steps from "../db/deal_stages.ts";
import * as deals from "../db/deals.ts";
import { Invalid, Stale } from "../db/errors.ts";
import { isId } from "../db/ids.ts";
import * as lostReasons from "../db/lost_reasons.ts";
import { ownerIn } from "../db/owners.ts";
import * as pipelines from "../db/pipelines.ts";
import { Board } from "../views/deals/board.tsx";
import { boardHref, type Wanted } from "../views/deals/board_addresses.ts";
import { Cards } from "../views/deals/cards.tsx";
import { errorText } from "../views/i18n/translate.ts";
import { path, queryIn } from "../views/path.ts";
import { parametersOf } from "./addresses.ts";
import { showDeal } from "./deals.tsx";
import { idPart } from "./fields.ts";
import { may, scoped, signedIn } from "./guards.ts";
import { withinList } from "./list_ways.ts";
import { id as idOf } from "./lists.ts";
import { type Ctx, isPartial, page, readForm, redirect, web } from "./web.tsx";

/** The parameters of the board one came from; without them one came from the deal's own page. */
const board = z.string().optional().transform((text) =>
  text === undefined ? null : wantedBy(new URLSearchParams(text.slice(0, 500)))
);

const Move = z.object({
  stage: z.string({ error: "option" }).refine(isId, "option"),
  version: z.coerce.number().int().min(1).max(2_000_000_000),
  board,
});

/** Where the way back leads: to the board it was begun from, or to the deal. */
const From = z.object({ board });

const Loss = z.object({ reason: z.string({ error: "option" }).refine(isId, "option"), board });

const writing = [signedIn, scoped, may("deals.write")] as const;

export default web.createApp()
  .get("/board", signedIn, scoped, may("deals.read"), (c) => {
    const parameters = parametersOf(c);
    const [stage, after] = [idOf(parameters, "stage"), idOf(parameters, "after")];
    const place = stage && after ? { stage, after } : null;
    return show(c, wantedBy(parameters), { place, lost: idOf(parameters, "lost") });
  })
  .get(`/${idPart}/stage`, signedIn, scoped, may("deals.read"), backToDeal)
  .post(`/${idPart}/stage`, ...writing, move)
  .post(`/${idPart}/stage/undo`, ...writing, async (c) => {
    const { scope } = c.var;
    const id = c.req.param("id");
    await steps.undo(scope, id, idOf(parametersOf(c), "stage") ?? undefined);
    const from = From.parse({ board: c.req.query("board") }).board;
    const to = from ? boardHref(from) : path`/deals/${id}`;
    return await redirect(c, to, { kind: "ok", key: "deals.moved_back" });
  })
  .get(`/${idPart}/loss`, signedIn, scoped, may("deals.read"), backToDeal)
  .post(`/${idPart}/loss`, ...writing, async (c) => {
    const { scope } = c.var;
    const { id } = await deals.find(scope, c.req.param("id"));
    const read = await readForm(c, Loss);
    if (!read.ok) return await showDeal(c, errorText(c.var.view.t, "option"), 422);
    await steps.explain(scope, id, read.value.reason);
    const to = read.value.board ? boardHref(read.value.board) : path`/deals/${id}`;
    return await redirect(c, to, { kind: "ok", key: "deals.reason_saved" });
  });

/** The page of a refused move stands at its address, which a reader may open again. */
function backToDeal(c: Ctx): Response {
  return c.redirect(path`/deals/${c.req.param("id")!}`, 303);
}

/** What a board's address asks for; whatever makes no sense is passed over. */
function wantedBy(parameters: URLSearchParams): Wanted {
  return {
    pipeline: idOf(parameters, "pipeline"),
    owner: ownerIn(parameters.get("owner") ?? ""),
    tag: idOf(parameters, "tag"),
    rotting: parameters.get("rotting") === "1",
    idle: parameters.get("empty") === "activity",
  };
}

async function move(c: Ctx): Promise<Response> {
  const { scope, view } = c.var;
  const deal = await deals.find(scope, c.req.param("id")!);
  const read = await readForm(c, Move);
  if (!read.ok) return await showDeal(c, errorText(view.t, "deals.stage_gone"), 422);
  const { stage, version, board } = read.value;
  const refuse = (message: string, status: 409 | 422) =>
    board ? show(c, board, { message, status }) : showDeal(c, message, status);
  try {
    await steps.move(scope, deal.id, { stageId: stage, version });
  } catch (error) {
    if (error instanceof Stale) return await refuse(await overtaken(c, deal), 409);
    if (!(error instanceof Invalid)) throw error;
    return await refuse(errorText(view.t, error.code), 422);
  }
  const now = await deals.find(scope, deal.id);
  const back = board ? path`&board=${queryIn(boardHref(board))}` : "";
  const flash = {
    kind: "ok",
    key: "deals.moved",
    params: { stage: now.stageName },
    undo: path`/deals/${deal.id}/stage/undo?stage=${stage}` + back,
  } as const;
  if (!board) return await redirect(c, withinList(c, path`/deals/${deal.id}`), flash);
  const ask: Record<string, string> = now.status === "lost" ? { lost: deal.id } : {};
  return await redirect(c, boardHref(board, ask), flash);
}

/** Who was faster, and the deal's stage now. */
async function overtaken(c: Ctx, deal: deals.Deal): Promise<string> {
  const { scope, view } = c.var;
  const [last] = await steps.list(scope, deal.id);
  const moved = last && last.at.getTime() === deal.updatedAt.getTime();
  return moved
    ? view.t("deals.moved_meanwhile", {
      title: deal.title,
      stage: deal.stageName,
      name: last.actorName ?? view.t("history.system"),
    })
    : view.t("deals.changed_meanwhile", { title: deal.title });
}

interface Asides {
  place?: { stage: string; after: string } | null;
  lost?: string | null;
  message?: string;
  status?: 409 | 422;
}

async function show(
  c: Ctx,
  asked: Wanted,
  { place = null, lost = null, message, status }: Asides,
): Promise<Response> {
  const { scope, session, view } = c.var;
  const [lines, offered] = await Promise.all([pipelines.list(scope), choices.list(scope)]);
  const named = lines.find(({ id }) => id === asked.pipeline);
  const pipeline = named ?? lines[0];
  const wanted = { ...asked, pipeline: named ? named.id : null };
  const within = place && pipeline.stages.some(({ id }) => id === place.stage) ? place : null;
  const further = within && await boards.more(scope, within.stage, wanted, within.after);
  if (further && isPartial(c)) {
    return c.html(<Cards {...{ view, wanted, pipeline, choices: offered }} {...further} />);
  }
  const asks = Promise.all([
    boards.list(scope, pipeline, wanted),
    lostReasons.list(scope),
    lost ? steps.unexplained(scope, lost) : null,
  ]);
  if (message === undefined && !session!.flash) scope.conclude();
  const [columns, reasons, ask] = await asks;
  const shown = further && further.cards.length > 0
    ? columns.map((column) =>
      column.stageId === further.stageId ? { ...column, ...further } : column
    )
    : columns;
  return await page(
    c,
    <Board
      {...{ view, wanted, pipeline, pipelines: lines, columns: shown, choices: offered, reasons }}
      bound={boards.bound}
      closedDays={boards.closedDays}
      paged={further && further.cards.length > 0 ? further.stageId : null}
      lost={ask}
      message={message ?? null}
    />,
    { title: "deals.board", status },
  );
}
