/** Activities, mails and files that a search finds, each kind a short list. */
import type { EntryHit, EntryKind } from "../../db/entry_searches.ts";
import { path } from "../path.ts";
import type { IconName } from "../ui/icon.tsx";
import { Panel } from "../ui/panel.tsx";
import { DataTable } from "../ui/table.tsx";
import { Time } from "../ui/values.tsx";
import type { View } from "../view.ts";

export const entryIcons: Record<EntryKind, IconName> = {
  activity: "square-check",
  message: "mail",
  file: "paperclip",
};

/** The kinds in the order in which they are shown. */
export const entryKinds = Object.keys(entryIcons) as EntryKind[];

const bases: Record<EntryKind, string> = {
  activity: "/activities",
  message: "/messages",
  file: "/files",
};

/** Where a hit leads: the page of an activity or mail, a file itself. */
export const entryHref = ({ kind, id }: EntryHit): string => bases[kind] + path`/${id}`;

/** What the second column of each kind shows. */
const details = {
  activity: "search.about",
  message: "search.from",
  file: "search.stored_at",
} as const;

/** A list for each kind that has hits. */
export const Entries = (
  { view, entries }: { view: View; entries: Record<EntryKind, readonly EntryHit[]> },
) => <>{entryKinds.map((kind) => <Hits view={view} kind={kind} hits={entries[kind]} />)}</>;

const Hits = (
  { view, kind, hits }: { view: View; kind: EntryKind; hits: readonly EntryHit[] },
) => {
  const { t } = view;
  if (hits.length === 0) return null;
  const title = t(`search.${kind}`);
  return (
    <Panel title={title} id={kind}>
      <DataTable
        view={view}
        caption={title}
        columns={[
          {
            key: "title",
            header: t(kind === "file" ? "search.name" : "search.subject"),
            cell: (hit: EntryHit) => hit.title || t("messages.no_subject"),
          },
          { key: "detail", header: t(details[kind]), priority: 2, cell: ({ detail }) => detail },
          {
            key: "at",
            header: t("search.when"),
            cell: ({ at }) => <Time view={view} moment={at} />,
          },
        ]}
        rows={hits}
        href={entryHref}
        phoneLine={({ detail }) => detail}
      />
    </Panel>
  );
};
