/** The page of the trash: what was deleted, how long it stays, the way back. */
import type { Page } from "../db/pages.ts";
import type { TrashRow } from "../db/trash.ts";
import { path, query } from "./path.ts";
import { nouns } from "./records/nouns.ts";
import { PostButton } from "./ui/button.tsx";
import { EmptyState } from "./ui/empty.tsx";
import { PageHeader } from "./ui/page_header.tsx";
import { Pager } from "./ui/pager.tsx";
import { DataTable } from "./ui/table.tsx";
import { Time } from "./ui/values.tsx";
import type { View } from "./view.ts";

const day = 86_400_000;

const trashNouns = { ...nouns, activity: "activities", file: "files" } as const;

/** All that lies in the trash, a page at a time. */
export const TrashIndex = (
  { view, page, days }: { view: View; page: Page<TrashRow>; days: number },
) => {
  const { t } = view;
  return (
    <>
      <PageHeader
        view={view}
        title={t("trash.title")}
        sub={page.rows.length > 0 ? t("trash.intro", { count: days }) : undefined}
      />
      <DataTable
        view={view}
        caption={t("trash.caption")}
        columns={[
          { key: "name", header: t("trash.name"), cell: ({ name }: TrashRow) => name },
          {
            key: "kind",
            header: t("trash.kind"),
            priority: 2,
            cell: ({ kind }) => t(`trash.kind_${kind}`),
          },
          {
            key: "deleted",
            header: t("trash.deleted"),
            priority: 2,
            cell: ({ deletedAt, deletedByName }) => (
              <>
                <Time view={view} moment={deletedAt} as="dateTime" />
                {deletedByName ? ` ${t("trash.deleted_by", { name: deletedByName })}` : null}
              </>
            ),
          },
          { key: "left", header: t("trash.erased_in"), cell: (row) => left(view, row) },
          ...view.can("trash.restore")
            ? [{
              key: "restore",
              header: t("common.actions"),
              cell: ({ kind, id, name }: TrashRow) => (
                <PostButton
                  view={view}
                  action={path`/trash/${trashNouns[kind]}/${id}/restoration`}
                  label={`${t("common.restore")}: ${name}`}
                  icon="archive-restore"
                  iconOnly
                />
              ),
            }]
            : [],
        ]}
        rows={page.rows}
        phoneLine={({ kind }) => t(`trash.kind_${kind}`)}
        rowId={({ kind, id }) => `trash-${kind}-${id}`}
        empty={
          <EmptyState
            title={t("trash.empty_title")}
            text={t("trash.empty_text", { count: days })}
          />
        }
      />
      <Pager
        view={view}
        previous={page.previous && query("/trash", { before: page.previous })}
        next={page.next && query("/trash", { after: page.next })}
      />
    </>
  );
};

function left({ t, now }: View, { eraseAfter }: TrashRow): string {
  const days = Math.ceil((eraseAfter.getTime() - now.getTime()) / day);
  return days < 1 ? t("trash.due") : t("trash.days_left", { count: days });
}
