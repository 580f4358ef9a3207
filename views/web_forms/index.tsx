/** The list of forms in the settings, each with the address to link to. */
import type { WebForm } from "../../db/web_forms.ts";
import { path } from "../path.ts";
import { SettingsHead, SettingsTabs } from "../settings.tsx";
import { Badge } from "../ui/badge.tsx";
import { LinkButton } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty.tsx";
import { DataTable } from "../ui/table.tsx";
import type { View } from "../view.ts";

export const WebFormIndex = (
  { view, forms, address }: { view: View; forms: readonly WebForm[]; address: string },
) => {
  const { t } = view;
  return (
    <>
      <SettingsHead view={view} title={t("web_forms.title")} />
      <SettingsTabs view={view} current="forms" />
      <p>{t("web_forms.lead")}</p>
      <div class="toolbar">
        <LinkButton
          view={view}
          href="/settings/forms/new"
          label={t("web_forms.new")}
          variant="primary"
          icon="plus"
        />
      </div>
      {forms.length === 0 ? <EmptyState title={t("web_forms.none")} /> : (
        <DataTable<WebForm>
          view={view}
          caption={t("web_forms.title")}
          rows={forms}
          href={({ id }) => path`/settings/forms/${id}/edit`}
          rowId={({ id }) => `form-${id}`}
          phoneLine={({ slug }) => slug}
          columns={[
            { key: "name", header: t("common.name"), cell: ({ name }) => name },
            {
              key: "address",
              header: t("web_forms.address"),
              priority: 2,
              cell: ({ slug }) => (
                <a href={`${address}/${slug}`} data-hx-boost="false">{`${address}/${slug}`}</a>
              ),
            },
            {
              key: "version",
              header: t("web_forms.text_version"),
              priority: 3,
              align: "end",
              cell: ({ textNumber }) => String(textNumber),
            },
            {
              key: "state",
              header: t("web_forms.state"),
              cell: ({ active }) => (
                <Badge
                  label={t(active ? "web_forms.open" : "web_forms.closed")}
                  tone={active ? "ok" : "neutral"}
                />
              ),
            },
          ]}
        />
      )}
    </>
  );
};
