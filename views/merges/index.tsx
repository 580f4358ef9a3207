/** The merges of the last 30 days, each with its undo button. */
import type { Merge } from "../../db/merges.ts";
import type { Page } from "../../db/pages.ts";
import { DuplicateTabs } from "../duplicates/index.tsx";
import { path, query } from "../path.ts";
import { bases } from "../records/nouns.ts";
import { PostButton } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty.tsx";
import { PageHeader } from "../ui/page_header.tsx";
import { Pager } from "../ui/pager.tsx";
import { DataTable } from "../ui/table.tsx";
import { Nothing, Time } from "../ui/values.tsx";
import type { View } from "../view.ts";

/** What was merged, by whom, and until when it can be taken back. */
export const MergeIndex = ({ view, page }: { view: View; page: Page<Merge> }) => {
  const { t } = view;
  return (
    <>
      <PageHeader view={view} title={t("merges.title")} sub={t("merges.list_intro")} />
      <DuplicateTabs view={view} current="merged" />
      <DataTable
        view={view}
        caption={t("merges.list_caption")}
        columns={[
          {
            key: "name",
            header: t("merges.left"),
            cell: ({ kind, recordId, name }: Merge) => (
              <a href={`${bases[kind]}/${recordId}`}>{name}</a>
            ),
          },
          {
            key: "others",
            header: t("merges.went"),
            priority: 2,
            cell: ({ others }) => others.join(", ") || <Nothing view={view} />,
          },
          {
            key: "at",
            header: t("merges.at"),
            priority: 2,
            cell: ({ createdAt, createdByName }) => (
              <>
                <Time view={view} moment={createdAt} as="dateTime" />
                {createdByName ? ` · ${createdByName}` : null}
              </>
            ),
          },
          {
            key: "actions",
            header: t("common.undo"),
            cell: (merge) => <Back view={view} merge={merge} />,
          },
        ]}
        rows={page.rows}
        rowId={({ id }) => `merge-${id}`}
        phoneLine={({ others }) =>
          others.length === 0 ? "" : `${t("merges.went")}: ${others.join(", ")}`}
        empty={<EmptyState title={t("merges.empty_title")} />}
      />
      <Pager
        view={view}
        previous={page.previous && query("/merges", { before: page.previous })}
        next={page.next && query("/merges", { after: page.next })}
      />
    </>
  );
};

const Back = ({ view, merge }: { view: View; merge: Merge }) => {
  const { t, format } = view;
  if (merge.undoneAt) return <>{t("merges.undone_at", { at: format.dateTime(merge.undoneAt) })}</>;
  if (!merge.last) return <>{t("merges.later_first")}</>;
  return (
    <div class="row-actions">
      <PostButton
        view={view}
        action={path`/merges/${merge.id}/undo`}
        label={t("common.undo")}
        icon="undo-2"
      />
      <small>{t("merges.until", { date: format.date(merge.undoUntil) })}</small>
    </div>
  );
};
