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

/** Says that nothing is planned for an open deal; for who may plan, the way to do so and back. */
export const Idle = (
  { view, id, title, back }: { view: View; id: string; title: string; back: string },
) => {
  const { t } = view;
  const sign = <Icon view={view} name="calendar-plus" />;
  if (!view.can("activities.write")) {
    return (
      <span class="idle" title={t("deals.idle")}>
        {sign}
        <span class="visually-hidden">{t("deals.idle")}</span>
      </span>
    );
  }
  const href = query("/activities/new", { deal: id, back });
  return (
    <a class="idle" href={href} title={t("deals.idle_plan")}>
      {sign}
      <span class="visually-hidden">{`${t("deals.idle_plan")}: ${title}`}</span>
    </a>
  );
};
