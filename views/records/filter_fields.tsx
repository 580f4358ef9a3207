/** Single filters below a list's bar, and the chip that each becomes when it is in use. */
import type { Filter } from "../../db/record_filters.ts";

/** A filter by words. */
export const FilterWords = (
  { name, label, value = "" }: { name: string; label: string; value?: string },
) => (
  <label>
    {label}
    <input
      type="text"
      name={name}
      id={`filter-${name}`}
      value={value}
      maxlength={100}
      autocomplete="off"
    />
  </label>
);

/** A filter by a calendar day. */
export const FilterDay = (
  { name, label, value = "" }: { name: string; label: string; value?: string },
) => (
  <label>
    {label}
    <input type="date" name={name} id={`filter-${name}`} value={value} />
  </label>
);

/** A filter in use, in words, and the list's filter without it. */
export interface Chip {
  words: string;
  without: Filter;
}

const always = ["tag", "owner", "status", "company"];

/** The same filter without one of its parts. */
export const without = (filter: Filter, name: keyof Filter): Filter =>
  always.includes(name) ? { ...filter, [name]: null } : Object.fromEntries(
    Object.entries(filter).filter(([key]) => key !== name),
  ) as unknown as Filter;
