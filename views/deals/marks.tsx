/** Small marks of deals: the stage in its colour, and how long a deal has been waiting there. */
import type { Stage } from "../../db/stages.ts";
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
