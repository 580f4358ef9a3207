/** When a record may be erased and why, as a line on its page. */
import type { Clock } from "../../db/record_clocks.ts";
import type { Kind } from "../../db/record_kinds.ts";
import { path } from "../path.ts";
import { nouns } from "../records/nouns.ts";
import { Badge, type Tone } from "../ui/badge.tsx";
import type { View } from "../view.ts";

const tones: Record<Clock["state"], Tone> = {
  running: "neutral",
  amber: "warn",
  due: "danger",
  held: "accent",
};

/** What keeps the record, in words: the document, the kind of it, the provision. */
export function causeText({ t }: Pick<View, "t">, { cause }: Clock): string {
  if (cause.class === "kept" || cause.class === "set") return cause.reference;
  return [cause.reference, t(`retentions.class_${cause.class}`), t(`retentions.law_${cause.class}`)]
    .filter(Boolean).join(", ");
}

/** The sentence of the clock: `löschbar ab 01.01.2034: Rechnung 2025-117, …`. */
function clockText(view: View, clock: Clock): string {
  const { t, format } = view;
  const date = format.date(clock.erasableOn);
  return `${t("retentions.erasable", { date })}: ${causeText(view, clock)}`;
}

/** What suspends it by its own name: a restriction is no hold that somebody has put there. */
function stateText({ t }: View, { state, holds }: Clock): string {
  const restricted = state === "held" && holds.every(({ kind }) => kind === "restricted");
  if (restricted) return t("retentions.hold_restricted");
  return state === "running" ? "" : t(`retentions.state_${state}`);
}

/** The line, with what suspends it; for admins it leads to the record's page of periods. */
export const ClockLine = (
  { view, kind, id, clock }: { view: View; kind: Kind; id: string; clock: Clock },
) => {
  const text = clockText(view, clock);
  return (
    <>
      {clock.state === "running" ? null : (
        <>
          {Badge({ label: stateText(view, clock), tone: tones[clock.state] })}
          {" "}
        </>
      )}
      {view.can("retention.manage")
        ? <a href={path`/${nouns[kind]}/${id}/retention`}>{text}</a>
        : text}
    </>
  );
};
