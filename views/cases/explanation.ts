/** Why an answer is due on that day, in a sentence that people can check by hand. */
import type { Deadline } from "../../db/deadlines.ts";
import type { View } from "../view.ts";

/** "26.02.2027 + 1 Monat = 26.03.2027; Karfreitag, Samstag, Sonntag, Ostermontag → 30.03.2027." */
export function explanation(
  { t, format }: View,
  { receivedOn, extended, pausedDays }: {
    receivedOn: string;
    extended: boolean;
    pausedDays: number;
  },
  { unshiftedOn, dueOn, shifts }: Deadline,
): string {
  const monthEnd = shifts.some(({ kind }) => kind === "month_end");
  const causes = shifts.filter(({ kind }) => kind !== "month_end").map((shift) =>
    shift.kind === "holiday" ? shift.name : t(`cases.shift_${shift.kind}`)
  );
  const sum = t("cases.why_sum", {
    received: format.date(receivedOn),
    months: t(extended ? "cases.three_months" : "cases.one_month"),
    pause: pausedDays > 0 ? t("cases.why_pause", { count: pausedDays }) : "",
    unshifted: format.date(unshiftedOn),
    end: monthEnd ? t("cases.why_month_end") : "",
  });
  return causes.length === 0 ? `${sum}.` : `${sum}; ${causes.join(", ")} → ${format.date(dueOn)}.`;
}
