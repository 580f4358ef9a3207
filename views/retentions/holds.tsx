/** Suspended erasures whose reason is due for review: it still applies, or it does not. */
import type { ToReview } from "../../db/holds.ts";
import { path } from "../path.ts";
import { nouns } from "../records/nouns.ts";
import { SettingsTabs } from "../settings.tsx";
import { PostButton } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty.tsx";
import { PageHeader } from "../ui/page_header.tsx";
import { DataTable } from "../ui/table.tsx";
import type { View } from "../view.ts";

const home = "/settings/retention/holds";

export const HoldReview = ({ view, holds }: { view: View; holds: readonly ToReview[] }) => {
  const { t, format } = view;
  return (
    <>
      <PageHeader
        view={view}
        title={t("retentions.review")}
        crumbs={[{ href: "/settings/retention", label: t("retentions.tab") }]}
        sub={holds.length > 0 ? t("retentions.review_intro") : undefined}
      />
      <SettingsTabs view={view} current="retention" />
      <DataTable<ToReview>
        view={view}
        caption={t("retentions.review")}
        rows={holds}
        empty={
          <EmptyState
            title={t("retentions.review_empty")}
            text={t("retentions.review_empty_text")}
          />
        }
        phoneLine={({ reason, reviewOn }) => `${reason} · ${format.date(reviewOn)}`}
        columns={[
          {
            key: "name",
            header: t("trash.name"),
            heading: true,
            cell: ({ recordKind, recordId, name }) => (
              <a href={path`/${nouns[recordKind]}/${recordId}/retention`}>
                {name || t(`trash.kind_${recordKind}`)}
              </a>
            ),
          },
          {
            key: "kind",
            header: t("retentions.hold_kind"),
            priority: 2,
            cell: ({ kind }) => t(`retentions.hold_${kind}`),
          },
          {
            key: "reason",
            header: t("retentions.reason"),
            priority: 2,
            cell: ({ reason }) => reason,
          },
          {
            key: "review",
            header: t("retentions.review_on"),
            priority: 2,
            cell: ({ reviewOn }) => format.date(reviewOn),
          },
          {
            key: "actions",
            header: t("common.actions"),
            cell: ({ id, reason }) => (
              <div class="inline-form">
                {(["extension", "release"] as const).map((action) => (
                  <PostButton
                    view={view}
                    action={home + path`/${id}/${action}`}
                    label={t(action === "extension" ? "retentions.extend" : "retentions.release")}
                    variant="quiet"
                  >
                    <span class="visually-hidden">{reason}</span>
                  </PostButton>
                ))}
              </div>
            ),
          },
        ]}
      />
    </>
  );
};
