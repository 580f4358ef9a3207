/** Records by name, one below the other, each with the icon of its kind. */
import type { Kind } from "../../db/record_kinds.ts";
import { Icon } from "../ui/icon.tsx";
import type { View } from "../view.ts";
import { icons, recordHref } from "./nouns.ts";

interface Props {
  view: View;
  records: readonly { kind: Kind; id: string; name: string; company?: string | null }[];
}

/** The list, each name leading to its record. */
export const RecordLinks = ({ view, records }: Props) => (
  <ul class="seen">
    {records.map(({ kind, id, name, company }) => (
      <li>
        <Icon view={view} name={icons[kind]} />
        <a href={recordHref(kind, id)}>{name}</a>
        {company ? <small>{company}</small> : null}
      </li>
    ))}
  </ul>
);
