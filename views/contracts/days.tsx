/** The days that follow from a contract's end, and the name of its phase. */
import type { Contract, Phase } from "../../db/contracts.ts";
import { Badge } from "../ui/badge.tsx";
import type { View } from "../view.ts";

const after = (day: string, days: number) => Temporal.PlainDate.from(day).add({ days }).toString();

/** Until when notice can be taken back, and the days by which the steps of the erasure are done. */
export const daysOf = (endsOn: string) => ({
  withdrawable: after(endsOn, 2),
  live: after(endsOn, 3),
  backups: after(endsOn, 21),
  search: after(endsOn, 25),
});

const tones: Record<Phase, "ok" | "warn" | "danger" | "neutral"> = {
  open: "ok",
  read_only: "warn",
  closed: "danger",
  erasing: "neutral",
};

/** How a contract stands, in words. */
export const PhaseBadge = (
  { view, contract: { phase, noticeGivenAt } }: {
    view: View;
    contract: Pick<Contract, "phase" | "noticeGivenAt">;
  },
) =>
  phase === "open" && noticeGivenAt
    ? <Badge label={view.t("contracts.phase_noticed")} tone="warn" />
    : <Badge label={view.t(`contracts.phase_${phase}`)} tone={tones[phase]} />;
