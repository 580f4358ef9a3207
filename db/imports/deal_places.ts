/** Determines the tenant's stage for a deal in a file, without any query. */
import type { Pipeline } from "../pipelines.ts";
import type { Stage, StageKind } from "../stages.ts";
import { kindOf } from "./deal_rows.ts";
import type { ImportedDeal } from "./records.ts";

export interface DealPlace {
  stage: Stage;
  /** True if the file or a user said so; otherwise it is the most likely stage. */
  certain: boolean;
}

type Placed = Pick<ImportedDeal, "pipeline" | "stage" | "status" | "probability">;

/**
 * The stage of a deal: the one chosen for the file's word, the one of that name, the end that its
 * status indicates, or else the open one with the closest probability. A status always wins: a deal
 * closed in the file is closed here.
 */
export function placeOf(
  deal: Placed,
  pipelines: readonly [Pipeline, ...Pipeline[]],
  chosen: Readonly<Record<string, string>> = {},
): DealPlace {
  const all = pipelines.flatMap(({ stages }) => stages);
  const wish = all.find(({ id }) => id === chosen[deal.stage]);
  const home = pipelines.find(({ name }) => same(name, deal.pipeline));
  const here = home ?? pipelines[0];
  const named = wish ??
    [here.stages, all].map((stages) => stages.find(({ name }) => same(name, deal.stage)))
      .find((stage) => stage !== undefined);
  if (named && fits(named.kind, deal.status)) return { stage: named, certain: true };
  const pipeline = pipelines.find(({ stages }) => named && stages.includes(named)) ?? here;
  const kind = deal.status || kindOf(deal.stage) || named?.kind || "open";
  const stages = pipeline.stages.filter((stage) => stage.kind === kind);
  if (kind !== "open") return { stage: stages[0]!, certain: true };
  const wanted = deal.probability ?? likely(deal.stage);
  const distance = ({ probability }: Stage) => Math.abs(probability - wanted);
  const stage = stages.reduce((best, next) => distance(next) < distance(best) ? next : best);
  return { stage, certain: deal.stage === "" };
}

const fits = (kind: StageKind, status: StageKind | "") => status === "" || status === kind;

const same = (one: string, two: string): boolean =>
  two !== "" && one.trim().toLowerCase() === two.trim().toLowerCase();

/** Usual probability of stages, in hundredths, by the names that other programs give them. */
const usual: readonly [RegExp, number][] = [
  [/contract|vertrag|unterschrift|commit|zusage|closing|decision|entscheid|buy-?in|bought/i, 90],
  [/negotiat|\bnego\b|verhandl|review|pr[üu]fung/i, 75],
  [/\bpropo\b|proposal|quote|offer|angebot|offerte|value prop/i, 50],
  [/demo|pr[äa]sentation|presentation|needs|bedarf|analys|perception|decision maker/i, 30],
  [/qualif|appointment|termin|meeting|scheduled|contact made|kontaktiert/i, 25],
];

const likely = (stage: string): number => usual.find(([pattern]) => pattern.test(stage))?.[1] ?? 0;
