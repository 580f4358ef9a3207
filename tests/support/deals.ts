/** Deals for tests: created by the form, found by the tenant's stages. */
import * as pipelines from "../../db/pipelines.ts";
import type { Stage } from "../../db/stages.ts";
import type { Fields } from "./app.ts";
import type { Person } from "./cast.ts";
import { idOf } from "./html.ts";

/**
 * The stages of a person's first pipeline by name; the pipeline is created if there is none yet.
 */
export async function stagesOf(person: Person): Promise<Record<string, Stage>> {
  const [{ stages }] = await person.scope(pipelines.list);
  return Object.fromEntries(stages.map((stage) => [stage.name, stage]));
}

/**
 * Sends the form of a new deal, by default in the first stage, whether or not there is one like it.
 * Returns the answer.
 */
export async function postDeal(person: Person, fields: Fields = {}): Promise<Response> {
  const { Anfrage } = await stagesOf(person);
  return await person.post("/deals/new", {
    title: "Regale für das Lager",
    currency: "EUR",
    stageId: Anfrage!.id,
    _anyway: "1",
    ...fields,
  });
}

/** Creates a deal. Returns its id. */
export async function newDeal(person: Person, fields: Fields = {}): Promise<string> {
  const answer = await postDeal(person, fields);
  if (answer.status !== 303) throw new Error(`the deal was refused: ${await answer.text()}`);
  return idOf(answer);
}

/** Moves a deal as the board does; the version is the one seen. */
export const moveDeal = (
  person: Person,
  id: string,
  stage: Stage,
  version = 1,
): Promise<Response> =>
  person.post(`/deals/${id}/stage`, { stage: stage.id, version: String(version), board: "" });
