/** Values with a fixed format: instants, money, nothing. */

import type { Moment } from "../format.ts";
import type { View } from "../view.ts";

/** Instants in ISO text, the recent ones kept: lists write the same hundreds over and over. */
const texts = new Map<number, string>();
const mostTexts = 20_000;

function iso(moment: Moment): string {
  if (typeof moment === "string") return moment;
  const known = texts.get(moment.getTime());
  if (known !== undefined) return known;
  const text = moment.toISOString();
  if (texts.size >= mostTexts) texts.clear();
  texts.set(moment.getTime(), text);
  return text;
}

/**
 * A moment for people and machines. `as` chooses the day (default), day and clock, or the distance
 * from now, which keeps the full moment as tooltip. Null shows a dash.
 */
export const Time = (
  { view, moment, as = "date" }: {
    view: View;
    moment: Moment | null;
    as?: "date" | "dateTime" | "relative";
  },
) =>
  moment === null ? <Nothing view={view} /> : (
    <time
      datetime={iso(moment)}
      title={as === "relative" ? view.format.dateTime(moment) : undefined}
    >
      {view.format[as](moment)}
    </time>
  );

/** An amount in cents. Null shows a dash. */
export const Money = (
  { view, cents, currency = "EUR" }: {
    view: View;
    cents: number | bigint | null;
    currency?: string;
  },
) =>
  cents === null ? <Nothing view={view} /> : (
    <data class="money" value={String(cents)}>
      {view.format.money(cents, currency)}
    </data>
  );

const dash = "–";

/** A missing value: a dash that screen readers read as words. */
export const Nothing = ({ view }: { view: View }) => (
  <span class="nothing">
    <span aria-hidden="true">{dash}</span>
    <span class="visually-hidden">{view.t("common.not_set")}</span>
  </span>
);

/** A number to call; one that says no country is shown alone. */
export const Call = ({ view, phone }: { view: View; phone: string }) =>
  phone.startsWith("+")
    ? <a class="call" href={`tel:${phone}`}>{view.format.phone(phone)}</a>
    : <span>{phone}</span>;
