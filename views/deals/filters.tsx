/** Filters that only the list of deals has, and their chips. */
import type { LostReason } from "../../db/lost_reasons.ts";
import type { Pipeline } from "../../db/pipelines.ts";
import type { Filter } from "../../db/record_filters.ts";
import { type Chip, FilterDay, FilterWords, without } from "../records/filter_fields.tsx";
import type { View } from "../view.ts";
import { stageOptions, stagesById } from "./choices.ts";

export interface DealChoices {
  pipelines: readonly Pipeline[];
  reasons: readonly LostReason[];
  /** The person the list is narrowed to, by name. */
  personName?: string | null;
}

/** The fields, as a part of the further filters. */
export const DealFilters = (
  { view, filter, pipelines, reasons }: DealChoices & { view: View; filter: Filter },
) => {
  const { t, format } = view;
  const amount = (cents: number | undefined) => cents === undefined ? "" : format.amount(cents);
  return (
    <>
      <Choice
        view={view}
        name="stage"
        label={t("deals.stage")}
        value={filter.stage}
        options={stageOptions(pipelines).map(({ value, label }) => ({ id: value, name: label }))}
      />
      {pipelines.length > 1
        ? (
          <Choice
            view={view}
            name="pipeline"
            label={t("deals.pipeline")}
            value={filter.pipeline}
            options={pipelines}
          />
        )
        : null}
      {reasons.length > 0
        ? (
          <Choice
            view={view}
            name="reason"
            label={t("deals.lost_reason")}
            value={filter.lostReason}
            options={reasons}
          />
        )
        : null}
      {view.shows("deal", "amount")
        ? (
          <>
            <FilterWords
              name="amount_from"
              label={t("deals.amount_from")}
              value={amount(filter.amountFrom)}
            />
            <FilterWords
              name="amount_to"
              label={t("deals.amount_to")}
              value={amount(filter.amountTo)}
            />
          </>
        )
        : null}
      {view.shows("deal", "expectedCloseOn")
        ? (
          <>
            <FilterDay name="close_from" label={t("deals.close_from")} value={filter.closeFrom} />
            <FilterDay name="close_to" label={t("deals.close_to")} value={filter.closeTo} />
          </>
        )
        : null}
      <label class="choice">
        <input type="checkbox" name="rotting" value="1" checked={filter.rotting ?? false} />
        <span>{t("deals.rotting_only")}</span>
      </label>
    </>
  );
};

const Choice = ({ view, name, label, value, options }: {
  view: View;
  name: string;
  label: string;
  value: string | undefined;
  options: readonly { id: string; name: string }[];
}) => (
  <label>
    {label}
    <select name={name} id={`filter-${name}`}>
      <option value="">{view.t("common.all")}</option>
      {options.map((each) => (
        <option value={each.id} selected={each.id === value}>{each.name}</option>
      ))}
    </select>
  </label>
);

/** The filters in use in words. */
export function dealChips(view: View, filter: Filter, choices: DealChoices): Chip[] {
  const { t, format } = view;
  const named = (all: readonly { id: string; name: string }[], id: string | undefined) =>
    all.find((each) => each.id === id)?.name ?? t("deals.unknown");
  const chip = (name: keyof Filter, label: string, words: () => string): Chip[] =>
    filter[name] === undefined
      ? []
      : [{ words: `${label}: ${words()}`, without: without(filter, name) }];
  const stage = stagesById(choices.pipelines).get(filter.stage ?? "");
  return [
    ...chip("pipeline", t("deals.pipeline"), () => named(choices.pipelines, filter.pipeline)),
    ...chip("stage", t("deals.stage"), () => stage?.name ?? t("deals.unknown")),
    ...chip("lostReason", t("deals.lost_reason"), () => named(choices.reasons, filter.lostReason)),
    ...chip("person", t("deals.person"), () => choices.personName ?? t("deals.unknown")),
    ...chip("amountFrom", t("deals.amount_from"), () => format.amount(filter.amountFrom!)),
    ...chip("amountTo", t("deals.amount_to"), () => format.amount(filter.amountTo!)),
    ...chip("closeFrom", t("deals.close_from"), () => format.date(filter.closeFrom!)),
    ...chip("closeTo", t("deals.close_to"), () => format.date(filter.closeTo!)),
    ...filter.rotting
      ? [{ words: t("deals.rotting_only"), without: without(filter, "rotting") }]
      : [],
  ];
}
