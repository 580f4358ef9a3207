/** What can be done with a record, in the header of its page: write, edit, delete. */
import type { Child } from "hono/jsx";
import type { Kind } from "../../db/record_kinds.ts";
import { LetterLink } from "../letters/link.tsx";
import { query } from "../path.ts";
import { LinkButton, PostButton } from "../ui/button.tsx";
import type { View } from "../view.ts";
import { withinList } from "./neighbours.tsx";
import { nouns, recordHref } from "./nouns.ts";

/** The buttons the user's role allows; `children` follow the ways to write. */
export const RecordActions = (
  { view, kind, id, children }: { view: View; kind: Kind; id: string; children?: Child },
) => {
  const noun = nouns[kind];
  const here = recordHref(kind, id);
  return (
    <>
      {view.can("mail.send")
        ? (
          <LinkButton
            view={view}
            href={query("/messages/new", { [kind]: id })}
            label={view.t("outgoing.new")}
            icon="mail"
          />
        )
        : null}
      <LetterLink view={view} kind={kind} id={id} />
      {children}
      {view.can(`${noun}.write`)
        ? (
          <LinkButton
            view={view}
            href={withinList(view, `${here}/edit`)}
            label={view.t("common.edit")}
            icon="pencil"
            shortcut="e"
            variant="primary"
          />
        )
        : null}
      {view.can(`${noun}.delete`)
        ? (
          <PostButton
            view={view}
            action={withinList(view, `${here}/deletion`)}
            label={view.t(`${noun}.delete`)}
            icon="trash-2"
          />
        )
        : null}
    </>
  );
};
