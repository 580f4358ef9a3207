/** The page of the trash: what was deleted, how long it stays, restoring. */
import type { Page } from "../db/pages.ts";
import type { TrashKind } from "../db/trash.ts";
import type { TrashFilter, TrashRow } from "../db/trash_lists.ts";
import { path, query } from "./path.ts";
import { nouns } from "./records/nouns.ts";
import { Button, LinkButton, PostButton } from "./ui/button.tsx";
import { EmptyState } from "./ui/empty.tsx";
import { HiddenField } from "./ui/field.tsx";
import { Filters, FilterSelect, FilterText } from "./ui/filters.tsx";
import { PageHeader } from "./ui/page_header.tsx";
import { Pager } from "./ui/pager.tsx";
import { DataTable } from "./ui/table.tsx";
import { Time } from "./ui/values.tsx";
import type { View } from "./view.ts";

const day = 86_400_000;

const trashNouns = { ...nouns, activity: "activities", file: "files" } as const;

/** The form that the rows' ticks belong to. */
const ticked = "trash-form";

const parametersOf = ({ q, kind }: TrashFilter) => ({ q, kind });

/** The trash narrowed to this. */
export const trashHref = (filter: TrashFilter): string => query("/trash", parametersOf(filter));

interface Props {
  view: View;
  page: Page<TrashRow>;
  filter: TrashFilter;
  kinds: readonly TrashKind[];
  days: number;
}

/** All that lies in the trash, a page at a time. */
export const TrashIndex = ({ view, page, filter, kinds, days }: Props) => {
  const { t } = view;
  const narrowed = filter.q !== "" || filter.kind !== null;
  const here = trashHref(filter);
  return (
    <>
      <PageHeader
        view={view}
        title={t("trash.title")}
        sub={page.rows.length > 0 ? t("trash.intro", { count: days }) : undefined}
      >
        {view.can("contacts.write")
          ? <LinkButton view={view} href="/bulk-changes" label={t("lists.bulk_past")} />
          : null}
      </PageHeader>
      {narrowed || page.rows.length > 0
        ? (
          <Filters
            view={view}
            action="/trash"
            resetElsewhere={page.rows.length === 0}
            active={[filter.q, filter.kind].filter(Boolean).length}
          >
            <FilterText view={view} name="q" label={t("trash.search")} value={filter.q} />
            <FilterSelect
              view={view}
              name="kind"
              label={t("trash.kind")}
              value={filter.kind ?? ""}
              options={kinds.map((kind) => ({ value: kind, label: t(`trash.kind_${kind}`) }))}
            />
          </Filters>
        )
        : null}
      {page.rows.length > 0
        ? (
          <form id={ticked} class="toolbar bulk-bar" method="post" action="/trash/restoration">
            <HiddenField name="list" value={query("", parametersOf(filter)).slice(1)} />
            <Button view={view} label={t("trash.restore_ticked")} icon="archive-restore" />
            <output data-ticked={t("lists.bulk_ticked", { count: "{count}" })} />
          </form>
        )
        : null}
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
          {
            key: "left",
            header: t("trash.erased_in"),
            priority: 2,
            cell: (row) => left(view, row),
          },
          {
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
          },
        ]}
        rows={page.rows}
        selection={{
          form: ticked,
          name: "items",
          value: ({ kind, id }) => `${kind}:${id}`,
          label: ({ name }) => name,
        }}
        phoneLine={(row) => `${t(`trash.kind_${row.kind}`)} · ${left(view, row)}`}
        rowId={({ kind, id }) => `trash-${kind}-${id}`}
        empty={narrowed
          ? (
            <EmptyState title={t("trash.empty_filtered")}>
              <LinkButton view={view} href="/trash" label={t("common.reset")} icon="x" />
            </EmptyState>
          )
          : (
            <EmptyState
              title={t("trash.empty_title")}
              text={t("trash.empty_text", { count: days })}
            />
          )}
      />
      <Pager
        view={view}
        previous={page.previous && query(here, { before: page.previous })}
        next={page.next && query(here, { after: page.next })}
      />
    </>
  );
};

function left({ t, now }: View, { eraseAfter }: TrashRow): string {
  const days = Math.ceil((eraseAfter.getTime() - now.getTime()) / day);
  return days < 1 ? t("trash.due") : t("trash.days_left", { count: days });
}
