/** The search boxes with suggestions while typing: in the header and in the palette. */
import { Icon } from "../ui/icon.tsx";
import type { View } from "../view.ts";

/**
 * A field that asks the search while it is typed into, and once by `open`; the answer goes into
 * the place of the id `hits`. A script makes a combobox of it: without one it is a field.
 */
const SuggestingField = (
  { hits, label, hint, ...own }: {
    hits: string;
    label: string;
    hint: string;
    id?: string;
    value?: string;
    "aria-keyshortcuts"?: string;
    "data-opens"?: boolean;
  },
) => (
  <input
    type="search"
    name="q"
    aria-label={label}
    placeholder={hint}
    autocomplete="off"
    data-suggests={hits}
    data-hx-get="/search"
    data-hx-trigger="input changed delay:150ms, open"
    data-hx-target={`#${hits}`}
    data-hx-swap="innerHTML"
    data-hx-sync="this:replace"
    {...own}
  />
);

/** What the page of hits was asked for: it stands in the box again, to be put another way. */
const searched = (page: string): string =>
  page.startsWith("/search?") ? new URLSearchParams(page.slice(8)).get("q") ?? "" : "";

/** The search over everything, in the header. */
export const SearchBox = ({ view }: { view: View }) => (
  <form class="global-search" method="get" action="/search" role="search">
    <span class="search-box">
      <Icon view={view} name="search" />
      <SuggestingField
        hits="search-hits"
        label={view.t("layout.search")}
        hint={view.t("layout.search_hint")}
        id="global-search"
        value={searched(view.path)}
        aria-keyshortcuts="/"
      />
    </span>
    <div id="search-hits" class="suggestions" hidden />
  </form>
);

/** The same over the whole page, and with where one can go. */
export const PaletteBox = ({ view }: { view: View }) => (
  <>
    <form method="get" action="/search" role="search">
      <SuggestingField
        hits="palette-hits"
        label={view.t("keys.palette")}
        hint={view.t("keys.palette_hint")}
        data-opens
      />
    </form>
    <div id="palette-hits" class="suggestions" />
  </>
);
