/** The bar above a list: a GET form that applies itself when something is chosen or typed. */

import type { Child } from "hono/jsx";
import type { View } from "../view.ts";
import { Button, LinkButton } from "./button.tsx";
import type { Option } from "./field.tsx";
import { Icon } from "./icon.tsx";

/**
 * `action` is the list's address, `active` the number of filters in use, `keep` further parameters
 * that stay. On phones the bar folds. The whole `main` is renewed, and whatever counts with it.
 */
export const Filters = (
  { view, action, reset = action, resetElsewhere, active, keep = {}, children }: {
    view: View;
    action: string;
    /** The list without filters. */
    reset?: string;
    /** Whether the link to it stands elsewhere on the page. */
    resetElsewhere?: boolean;
    active: number;
    keep?: Record<string, string>;
    children?: Child;
  },
) => (
  <details class="filters-fold" id="filters-fold">
    <summary class={`button button-plain${active > 0 ? " filter-on" : ""}`}>
      <Icon view={view} name="list-filter" />
      <span>
        {active > 0 ? view.t("common.filters_active", { count: active }) : view.t("common.filters")}
      </span>
    </summary>
    <form
      class="filters"
      method="get"
      action={action}
      role="search"
      aria-label={view.t("common.filters")}
      data-hx-get={action}
      data-hx-trigger="submit, change, input changed delay:250ms from:'find input[type=search]'"
      data-hx-target="#main"
      data-hx-select="#main"
      data-hx-swap="outerMorph"
      data-hx-replace-url="true"
      data-hx-sync="this:replace"
    >
      {Object.entries(keep).map(([name, value]) => (
        <input
          type="hidden"
          name={name}
          value={value}
        />
      ))}
      {children}
      <Button view={view} label={view.t("common.filter")} icon="list-filter" />
      {active > 0 && !resetElsewhere
        ? (
          <LinkButton
            view={view}
            href={reset}
            label={view.t("common.reset")}
            variant="quiet"
            icon="x"
          />
        )
        : null}
    </form>
  </details>
);

/** One choice of the bar; its first entry reads "label: all". */
export const FilterSelect = (
  { view, name, label, value, options }: {
    view: View;
    name: string;
    label: string;
    value: string;
    options: readonly Option[];
  },
) => (
  <select
    name={name}
    id={`filter-${name}`}
    aria-label={label}
    class={value ? "filter-on" : undefined}
  >
    <option value="">{`${label}: ${view.t("common.all")}`}</option>
    {options.map((option) => (
      <option value={option.value} selected={option.value === value}>{option.label}</option>
    ))}
  </select>
);

/** The text of the bar. */
export const FilterText = (
  { view, name, label, value }: { view: View; name: string; label: string; value: string },
) => (
  <span class="search-box">
    <Icon view={view} name="search" />
    <input
      type="search"
      name={name}
      id={`filter-${name}`}
      value={value}
      placeholder={label}
      aria-label={label}
      autocomplete="off"
    />
  </span>
);
