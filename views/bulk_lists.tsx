/** The bulk changes of the last 30 days, each with its undo button. */
import type { PastChange } from "../db/bulk_lists.ts";
import type { Page } from "../db/pages.ts";
import { isMessageKey } from "./i18n/translate.ts";
import { path, query } from "./path.ts";
import { labelOf } from "./records/custom.tsx";
import { nouns } from "./records/nouns.ts";
import { PostButton } from "./ui/button.tsx";
import { EmptyState } from "./ui/empty.tsx";
import { PageHeader } from "./ui/page_header.tsx";
import { Pager } from "./ui/pager.tsx";
import { DataTable } from "./ui/table.tsx";
import { Time } from "./ui/values.tsx";
import type { View } from "./view.ts";

const here = "/bulk-changes";

interface Props {
  view: View;
  page: Page<PastChange>;
  /** Whether others' changes are among them. */
  all: boolean;
}

/** What was changed, how many records, when, by whom; undone from here while it is possible. */
export const BulkIndex = ({ view, page, all }: Props) => {
  const { t } = view;
  return (
    <>
      <PageHeader
        view={view}
        title={t("lists.bulk_past")}
        sub={page.rows.length > 0
          ? t(all ? "lists.bulk_past_intro" : "lists.bulk_past_intro_own")
          : undefined}
      />
      <DataTable
        view={view}
        caption={t("lists.bulk_past")}
        columns={[
          {
            key: "what",
            header: t("lists.bulk_past_what"),
            heading: true,
            cell: (change: PastChange) => (
              <a href={path`/bulk-changes/${change.id}`}>{whatOf(view, change)}</a>
            ),
          },
          {
            key: "count",
            header: t("lists.bulk_past_count"),
            priority: 2,
            cell: (change) => countOf(view, change),
          },
          {
            key: "at",
            header: t("lists.bulk_past_at"),
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
            cell: (change) => <Back view={view} change={change} />,
          },
        ]}
        rows={page.rows}
        rowId={({ id }) => `bulk-${id}`}
        phoneLine={(change) =>
          [
            countOf(view, change),
            view.format.dateTime(change.createdAt),
            change.createdByName,
          ].filter(Boolean).join(" · ")}
        empty={
          <EmptyState title={t(all ? "lists.bulk_past_empty" : "lists.bulk_past_empty_own")} />
        }
      />
      <Pager
        view={view}
        previous={page.previous && query(here, { before: page.previous })}
        next={page.next && query(here, { after: page.next })}
      />
    </>
  );
};

/** Such as "Schlagwort hinzufügen: Messe". */
function whatOf(view: View, { action, value, named, field }: PastChange): string {
  const { t, locale } = view;
  if (action === "custom" && field) return t("lists.bulk_own", { label: labelOf(field, locale) });
  const status = `records.status_${value}`;
  const name = action === "status" && isMessageKey(status) ? t(status) : named;
  const said = t(`lists.bulk_${action}`);
  if (action === "owner" && value === "") return `${said}: ${t("records.no_owner")}`;
  return name ? `${said}: ${name}` : said;
}

/** How many were changed of how many selected, and of which kind. */
function countOf({ t, format }: View, { kind, changed, total }: PastChange): string {
  const noun = t(`${nouns[kind]}.title`);
  const count = changed === total
    ? format.number(changed)
    : t("lists.bulk_past_of", { count: format.number(changed), total: format.number(total) });
  return `${count} · ${noun}`;
}

const Back = ({ view, change }: { view: View; change: PastChange }) => {
  const { t, format, now } = view;
  const { id, status, changed, undoUntil } = change;
  if (status === "running") return <>{t("lists.bulk_past_running")}</>;
  if (status === "undoing") return <>{t("lists.bulk_undoing")}</>;
  if (status === "undone") return <>{t("lists.bulk_past_undone")}</>;
  if (changed === 0) return <>{t("lists.bulk_past_none")}</>;
  if (undoUntil <= now) return null;
  return (
    <div class="row-actions">
      <PostButton
        view={view}
        action={query(path`/bulk-changes/${id}/undo`, { from: "past" })}
        label={t("common.undo")}
        icon="undo-2"
      />
      <small>{t("merges.until", { date: format.date(undoUntil) })}</small>
    </div>
  );
};
