/** A line of text for an existing name: with script, matching names are suggested while typing. */
import { TextField } from "./field.tsx";

/** The page holds a `datalist` of the id `list`; `from` answers with its options. */
export const OfferedField = (
  { from, ...props }: Parameters<typeof TextField>[0] & { from: string; list: string },
) => (
  <div
    class="contents"
    data-hx-get={from}
    data-hx-trigger="input changed delay:200ms from:'find input'"
    data-hx-include="find input"
    data-hx-target={`#${props.list}`}
    data-hx-swap="innerHTML"
    data-hx-sync="this:replace"
  >
    <TextField size="l" {...props} />
  </div>
);

/** The offered names, as a part for the form. */
export const OfferedNames = ({ names }: { names: readonly string[] }) => (
  <>{names.map((name) => <option value={name} />)}</>
);
