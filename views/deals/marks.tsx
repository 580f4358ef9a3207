/** Small marks of deals: the stage in its colour, and how long a deal has been waiting there. */
import type { Stage } from "../../db/stages.ts";
import { query } from "../path.ts";
import { Icon } from "../ui/icon.tsx";
import type { View } from "../view.ts";

/** A stage by its name, with a dot in its colour. */
export const StageMark = ({ stage }: { stage: Pick<Stage, "name" | "colour"> }) => (
  <span class={`stage stage-${stage.colour}`}>{stage.name}</span>
);

/** Says that a deal stays in its stage for too long; in short only for how many days. */
export const Rotting = (
  { view, days, inShort = false }: { view: View; days: number; inShort?: boolean },
) => (
  <span class="rotting" title={inShort ? view.t("deals.rotting", { count: days }) : undefined}>
    <Icon view={view} name="clock" />
    {view.t(inShort ? "deals.days" : "deals.rotting", { count: days })}
  </span>
);

/** What the marks of deals without a plan share: the words, and for who may plan the way there. */
export function idling(view: View, back: string) {
  const plans = view.can("activities.write");
  return {
    words: view.t(plans ? "deals.idle_plan" : "deals.idle"),
    /** The address to return to; null for users who may not plan. */
    back: plans ? query("", { back }).replace("?", "&") : null,
    sign: <Icon view={view} name="calendar-plus" />,
  };
}

/** Says that nothing is planned for an open deal. Called once for each card: no component. */
export const idleMark = (
  { words, back, sign }: ReturnType<typeof idling>,
  { id, title }: { id: string; title: string },
) =>
  back === null ? <span class="idle" role="img" aria-label={words} title={words}>{sign}</span> : (
    <a
      class="idle"
      href={`/activities/new?deal=${id}${back}`}
      aria-label={`${words}: ${title}`}
      title={words}
    >
      {sign}
    </a>
  );
