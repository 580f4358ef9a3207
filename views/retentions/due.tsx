/** The queue of records due for erasure: erase now, or say why not. */
import type { DueRecord } from "../../db/due_records.ts";
import type { Page } from "../../db/pages.ts";
import { path, query } from "../path.ts";
import { nouns } from "../records/nouns.ts";
import { SettingsTabs } from "../settings.tsx";
import { LinkButton, PostButton } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty.tsx";
import { PageHeader } from "../ui/page_header.tsx";
import { Pager } from "../ui/pager.tsx";
import { DataTable } from "../ui/table.tsx";
import type { View } from "../view.ts";

const home = "/settings/retention/due";

export const DueIndex = (
  { view, page, today }: { view: View; page: Page<DueRecord>; today: string },
) => {
  const { t, format } = view;
  return (
    <>
      <PageHeader
        view={view}
        title={t("retentions.due")}
        crumbs={[{ href: "/settings/retention", label: t("retentions.tab") }]}
        sub={page.rows.length > 0 ? t("retentions.due_intro") : undefined}
      />
      <SettingsTabs view={view} current="retention" />
      <DataTable<DueRecord>
        view={view}
        caption={t("retentions.due")}
        rows={page.rows}
        empty={
          <EmptyState title={t("retentions.due_empty")} text={t("retentions.due_empty_text")} />
        }
        phoneLine={({ kind, boundOn }) => `${t(`trash.kind_${kind}`)} · ${format.date(boundOn)}`}
        columns={[
          {
            key: "name",
            header: t("trash.name"),
            heading: true,
            cell: ({ kind, recordId, name }) => (
              <a href={path`/${nouns[kind]}/${recordId}`}>{name}</a>
            ),
          },
          {
            key: "kind",
            header: t("trash.kind"),
            priority: 2,
            cell: ({ kind }) => t(`trash.kind_${kind}`),
          },
          {
            key: "class",
            header: t("retentions.period"),
            priority: 2,
            cell: ({ class: name }) => t(`retentions.class_${name}`),
          },
          { key: "due", header: t("retentions.due_on"), cell: ({ dueOn }) => format.date(dueOn) },
          {
            key: "bound",
            header: t("retentions.bound_on"),
            priority: 2,
            cell: ({ boundOn }) => format.date(boundOn),
          },
          {
            key: "actions",
            header: t("common.actions"),
            cell: ({ id, kind, recordId, name, dueOn }) => (
              <div class="inline-form">
                {dueOn <= today
                  ? (
                    <PostButton
                      view={view}
                      action={path`/settings/retention/due/${id}/erasure`}
                      label={t("retentions.erase_now")}
                      variant="quiet"
                    >
                      <span class="visually-hidden">{name}</span>
                    </PostButton>
                  )
                  : null}
                <LinkButton
                  view={view}
                  href={path`/${nouns[kind]}/${recordId}/retention`}
                  label={t("retentions.keep_or_hold")}
                  variant="quiet"
                />
              </div>
            ),
          },
        ]}
      />
      <Pager
        view={view}
        previous={page.previous && query(home, { before: page.previous })}
        next={page.next && query(home, { after: page.next })}
      />
    </>
  );
};
