/** Filters of the lists of activities: their address, and the form above the list. */
import type { Filter, Share } from "../../db/activity_lists.ts";
import type { Owner } from "../../db/choices.ts";
import { query } from "../path.ts";
import { whoseOptions } from "../records/choices.ts";
import { Filters, FilterSelect, FilterText } from "../ui/filters.tsx";
import type { View } from "../view.ts";
import { kinds, priorities } from "./marks.tsx";

/** What a list's address asks for. */
export interface Asked {
  filter: Filter;
  /** `all` for everybody's, `""` for the reader's own, else a person or a team (`teamOwner`). */
  owner: string;
}

/** The parameters of a list, without a place in it. */
export function addressOf(
  base: string,
  { filter, owner }: Asked,
  share: Share = filter.share,
): string {
  return query(base, {
    q: filter.q,
    share: share === "open" ? null : share,
    kind: base === "/tasks" ? null : filter.kind,
    priority: filter.priority,
    owner,
    ...ofRecord(filter),
  });
}

/** The record that a list is narrowed to, as a parameter. */
export const ofRecord = ({ record }: Filter): Record<string, string> =>
  record ? { [record.kind]: record.id } : {};

interface Props {
  view: View;
  base: "/activities" | "/tasks";
  asked: Asked;
  owners: readonly Owner[];
  teams: readonly Owner[];
  /** Whether nothing is found: the way to the whole list stands in place of the rows then. */
  isEmpty: boolean;
}

/** The filters above a list, all in one form. */
export const ListFilters = ({ view, base, asked, owners, teams, isEmpty }: Props) => {
  const { t } = view;
  const { filter, owner } = asked;
  const kind = base === "/tasks" ? null : filter.kind;
  const active = [filter.q, kind, filter.priority, owner].filter(Boolean);
  const keep = {
    ...(filter.share === "open" ? {} : { share: filter.share }),
    ...ofRecord(filter),
  };
  return (
    <Filters
      view={view}
      action={base}
      reset={addressOf(base, {
        owner: "",
        filter: { ...filter, q: "", kind: null, priority: null },
      })}
      resetElsewhere={isEmpty}
      active={active.length}
      keep={keep}
    >
      <FilterText view={view} name="q" label={t("activities.search")} value={filter.q} />
      <select
        name="owner"
        id="filter-owner"
        aria-label={t("activities.owner")}
        class={owner ? "filter-on" : undefined}
      >
        {[
          { value: "", label: t("activities.mine") },
          { value: "all", label: t("activities.everybody") },
          ...whoseOptions(view, { owners, teams }),
        ].map(({ value, label }) => (
          <option value={value} selected={value === owner}>
            {`${t("activities.owner")}: ${label}`}
          </option>
        ))}
      </select>
      {base === "/tasks" ? null : (
        <FilterSelect
          view={view}
          name="kind"
          label={t("activities.kind")}
          value={filter.kind ?? ""}
          options={kinds.map((kind) => ({ value: kind, label: t(`activities.kind_${kind}`) }))}
        />
      )}
      <FilterSelect
        view={view}
        name="priority"
        label={t("activities.priority")}
        value={filter.priority ?? ""}
        options={priorities.map((value) => ({ value, label: t(`activities.priority_${value}`) }))}
      />
    </Filters>
  );
};
