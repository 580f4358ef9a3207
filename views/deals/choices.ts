/** What can be chosen in the forms and filters of deals, as options in the reader's language. */
import type { Pipeline } from "../../db/pipelines.ts";
import type { Stage, StageKind } from "../../db/stages.ts";
import type { Tone } from "../ui/badge.tsx";
import type { Option } from "../ui/field.tsx";
import type { View } from "../view.ts";

const kinds: readonly StageKind[] = ["open", "won", "lost"];

export const kindTones: Record<StageKind, Tone> = { open: "accent", won: "ok", lost: "danger" };

export const stageKindOptions = ({ t }: View): Option[] =>
  kinds.map((value) => ({ value, label: t(`records.status_${value}`) }));

/** All stages in order; of several pipelines each stage names its own. */
export const stageOptions = (pipelines: readonly Pipeline[]): Option[] =>
  pipelines.flatMap(({ name, stages }) =>
    stages.map((stage) => ({
      value: stage.id,
      label: pipelines.length > 1 ? `${name}: ${stage.name}` : stage.name,
    }))
  );

/** Stages by their id. */
export const stagesById = (pipelines: readonly Pipeline[]): Map<string, Stage> =>
  new Map(pipelines.flatMap(({ stages }) => stages.map((stage) => [stage.id, stage])));

const day = 86_400_000;

/** The whole days that a deal is in its stage. */
export const daysIn = ({ now }: View, { stageSince }: { stageSince: Date }): number =>
  Math.max(0, Math.floor((now.getTime() - stageSince.getTime()) / day));

/** Whether an open deal is in its stage for longer than that allows. */
export const isRotting = (
  view: View,
  deal: { stageSince: Date },
  stage: Pick<Stage, "kind" | "rottingDays"> | undefined,
): boolean =>
  stage?.kind === "open" && stage.rottingDays !== null &&
  view.now.getTime() - deal.stageSince.getTime() > stage.rottingDays * day;
