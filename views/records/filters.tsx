/** The bar of filters above the lists of records, and the chips that remove them. */
import type { Choices } from "../../db/choices.ts";
import type { Filter } from "../../db/record_filters.ts";
import type { Kind } from "../../db/record_kinds.ts";
import type { LegalBasis } from "../../db/origins.ts";
import { Button } from "../ui/button.tsx";
import { Filters, FilterSelect, FilterText } from "../ui/filters.tsx";
import { Notice } from "../ui/flash.tsx";
import { Icon } from "../ui/icon.tsx";
import { keptMarkup } from "../kept_markup.ts";
import type { View } from "../view.ts";
import { dealChips, type DealChoices, DealFilters } from "../deals/filters.tsx";
import { stageKindOptions } from "../deals/choices.ts";
import { statusOptions, tagOptions, whoseOptions } from "./choices.ts";
import { fieldsOf } from "./custom.tsx";
import { customChips, CustomEmpties, CustomFilterFields, customSorts } from "./custom_filters.tsx";
import { type Chip, FilterDay, FilterWords, without } from "./filter_fields.tsx";
import {
  active,
  type Asked,
  inSight,
  lacks,
  listHref,
  listParameters,
  resetHref,
  sorts,
} from "./lists.tsx";

interface Props {
  view: View;
  kind: Kind;
  /** The list's address. */
  base: string;
  asked: Asked;
  choices: Choices;
  /** The company the list is narrowed to, by name. */
  companyName?: string | null;
  /** What only deals are narrowed by. */
  deals?: DealChoices;
  /** Whether nothing is found: the way to the whole list stands in place of the rows then. */
  isEmpty: boolean;
}

const bases: readonly LegalBasis[] = [
  "contract",
  "pre_contract",
  "consent",
  "legitimate_interest",
  "legal_obligation",
];

/** The bar, its further filters folded away unless one of them is in use, and the chips. */
export const RecordFilters = (props: Props) => {
  const { view, kind, base, asked, choices, isEmpty } = props;
  const { filter } = asked;
  const { view: kept, cols, company, person } = listParameters(asked);
  const keep = Object.fromEntries(
    Object.entries({ view: kept, cols, company, person }).filter(([, value]) => value),
  ) as Record<string, string>;
  const reset = resetHref(base, asked);
  const chips = chipsOf(props);
  return (
    <>
      <Filters
        view={view}
        action={base}
        reset={reset}
        resetElsewhere={chips.length > 0 || isEmpty}
        active={active(asked)}
        keep={keep}
      >
        <FilterText view={view} name="q" label={view.t("lists.search")} value={filter.q} />
        <FilterSelect
          view={view}
          name="status"
          label={view.t("records.status")}
          value={filter.status ?? ""}
          options={kind === "deal" ? stageKindOptions(view) : statusOptions(view)}
        />
        {choices.tags.length > 0
          ? (
            <FilterSelect
              view={view}
              name="tag"
              label={view.t("records.tag")}
              value={filter.tag ?? ""}
              options={tagOptions(choices.tags)}
            />
          )
          : null}
        {choices.owners.length > 1
          ? (
            <FilterSelect
              view={view}
              name="owner"
              label={view.t("records.owner")}
              value={filter.owner ?? ""}
              options={whoseOptions(view, choices)}
            />
          )
          : null}
        <select name="sort" id="filter-sort" aria-label={view.t("records.sort")}>
          {sorts[kind].filter((sort) => inSight(view, kind, sort)).map((sort) => (
            <option value={sort} selected={sort === asked.order.sort}>
              {view.t(`records.sort_${sort}`)}
            </option>
          ))}
          {customSorts(view, fieldsOf(choices.fields, kind)).map(({ value, label }) => (
            <option value={value} selected={value === asked.order.sort}>{label}</option>
          ))}
        </select>
        <FurtherFilters {...props} />
      </Filters>
      {asked.narrowed
        ? <Notice view={view} kind="info" text={view.t("field_rights.narrowed")} />
        : null}
      <Chips {...props} chips={chips} reset={isEmpty ? null : reset} />
    </>
  );
};

/** Made once per kind and language: on most pages none of them is in use, and they are many. */
const unused = keptMarkup<ReturnType<typeof FurtherFields>>();

const FurtherFilters = (props: Props) => {
  const { view, kind, asked: { filter }, choices, deals } = props;
  const { q: _, tag: __, owner: ___, status: ____, company: _____, ...beyond } = filter;
  const { person: ______, ...further } = beyond;
  const open = Object.keys(further).length > 0;
  // The filters of deals depend on the tenant, as do custom fields.
  const own = choices.fields.some(({ recordKind }) => recordKind === kind);
  if (open || deals || own) return <FurtherFields {...props} open={open} />;
  const key = `${kind} ${view.locale} ${view.asset("vendor/icons.svg")}`;
  return unused(key, () => <FurtherFields {...props} open={false} />);
};

const FurtherFields = (
  { view, kind, asked: { filter }, choices, deals, open }: Props & { open: boolean },
) => {
  const { t } = view;
  const fields = fieldsOf(choices.fields, kind);
  const persons = kind === "contact";
  return (
    <details class="filters-more" id="filters-more" open={open || undefined}>
      <summary class="button button-quiet">
        <span>{t("lists.further")}</span>
        <Icon view={view} name="chevron-down" />
      </summary>
      <div class="filters-grid">
        {kind === "deal"
          ? null
          : <FilterWords name="place" label={t("lists.place")} value={filter.place} />}
        {kind === "company"
          ? null
          : <FilterWords name="firm" label={t("contacts.company")} value={filter.firm} />}
        <FilterWords name="source" label={t("contacts.source")} value={filter.source} />
        {persons
          ? (
            <label>
              {t("contacts.legal_basis")}
              <select name="basis" id="filter-basis">
                <option value="">{t("common.all")}</option>
                {bases.map((value) => (
                  <option value={value} selected={value === filter.basis}>
                    {t(`contacts.legal_basis_${value}`)}
                  </option>
                ))}
              </select>
            </label>
          )
          : null}
        {deals ? <DealFilters view={view} filter={filter} {...deals} /> : null}
        <CustomFilterFields view={view} fields={fields} filter={filter} />
        <FilterDay name="created_from" label={t("lists.created_from")} value={filter.createdFrom} />
        <FilterDay name="created_to" label={t("lists.created_to")} value={filter.createdTo} />
        <FilterDay name="touch_from" label={t("lists.touch_from")} value={filter.touchFrom} />
        <FilterDay name="touch_to" label={t("lists.touch_to")} value={filter.touchTo} />
        <fieldset class="choices">
          <legend>{t("lists.empty")}</legend>
          <div class="choices-inline">
            {lacks[kind].filter((each) => inSight(view, kind, each)).map((value) => (
              <label class="choice">
                <input
                  type="checkbox"
                  name="empty"
                  value={value}
                  checked={filter.empty?.includes(value) ?? false}
                />
                <span>{t(`lists.empty_${value}`)}</span>
              </label>
            ))}
            <CustomEmpties view={view} fields={fields} filter={filter} />
          </div>
        </fieldset>
        <Button view={view} label={t("common.filter")} icon="list-filter" />
      </div>
    </details>
  );
};

/** The filters in use in words, each a link to the list without it; `reset` leads to it without all. */
const Chips = (
  { view, base, asked, chips, reset }: Props & { chips: readonly Chip[]; reset: string | null },
) => {
  if (chips.length === 0) return null;
  return (
    <ul class="chips" aria-label={view.t("lists.chips")}>
      {chips.map(({ words, without }) => (
        <li>
          <a class="chip" href={listHref(base, { ...asked, filter: without })}>
            <span class="visually-hidden">{view.t("lists.chip_remove")}:</span>
            <span>{words}</span>
            <Icon view={view} name="x" />
          </a>
        </li>
      ))}
      {reset === null ? null : (
        <li>
          <a class="chip-reset" href={reset}>{view.t("common.reset")}</a>
        </li>
      )}
    </ul>
  );
};

function chipsOf({ view, asked: { filter }, choices, companyName, deals }: Props): Chip[] {
  const { t, format } = view;
  const named = (all: readonly { id: string; name: string }[], id: string | null) =>
    all.find((each) => each.id === id)?.name ?? t("history.unknown");
  const chip = (
    name: keyof Filter,
    label: string,
    words: (value: string) => string = (value) => value,
  ): Chip[] => {
    const value = filter[name];
    if (typeof value !== "string" || value === "") return [];
    return [{ words: `${label}: ${words(value)}`, without: without(filter, name) }];
  };
  const date = (value: string) => format.date(value);
  return [
    ...chip("status", t("records.status"), () => t(`records.status_${filter.status!}`)),
    ...chip("tag", t("records.tag"), (id) => named(choices.tags, id)),
    ...chip(
      "owner",
      t("records.owner"),
      (owner) =>
        whoseOptions(view, choices).find(({ value }) => value === owner)?.label ??
          t("history.unknown"),
    ),
    ...chip("company", t("contacts.company"), () => companyName ?? t("history.unknown")),
    ...chip("place", t("lists.place")),
    ...chip("firm", t("contacts.company")),
    ...chip("source", t("contacts.source")),
    ...chip("basis", t("contacts.legal_basis"), () => t(`contacts.legal_basis_${filter.basis!}`)),
    ...chip("createdFrom", t("lists.created_from"), date),
    ...chip("createdTo", t("lists.created_to"), date),
    ...chip("touchFrom", t("lists.touch_from"), date),
    ...chip("touchTo", t("lists.touch_to"), date),
    ...customChips(view, filter, choices.fields),
    ...deals ? dealChips(view, filter, deals) : [],
    ...(filter.empty ?? []).map((each) => {
      const empty = filter.empty!.filter((other) => other !== each);
      return {
        words: t(`lists.empty_${each}`),
        without: empty.length > 0 ? { ...filter, empty } : without(filter, "empty"),
      };
    }),
  ];
}
