/** The link from a record to a letter about it. */
import type { Kind } from "../../db/record_kinds.ts";
import { query } from "../path.ts";
import { LinkButton } from "../ui/button.tsx";
import type { View } from "../view.ts";

/** The button, for users who may store the letter. */
export const LetterLink = ({ view, kind, id }: { view: View; kind: Kind; id: string }) =>
  view.can("files.write")
    ? (
      <LinkButton
        view={view}
        href={query("/letters/new", { [kind]: id })}
        label={view.t("letters.new")}
        icon="file-text"
      />
    )
    : null;
