/** The part of the account page on which notifications to get, and how. */
import type { Kind, Preferences } from "../../db/notification_preferences.ts";
import { Button } from "../ui/button.tsx";
import { FormActions } from "../ui/form.tsx";
import { Panel } from "../ui/panel.tsx";
import { DataTable } from "../ui/table.tsx";
import type { View } from "../view.ts";

/** A tick for each kind and way; the form knows no faults. */
export const NotificationPanel = (
  { view, preferences }: { view: View; preferences: Preferences },
) => {
  const { t } = view;
  const tick = (way: "inApp" | "byMail", kind: Kind) => (
    <label class="tick-label">
      <input type="checkbox" name={way} value={kind} checked={preferences[kind][way]} />
      <span class="visually-hidden">
        {`${t(`notifications.kind_${kind}`)}: ${
          t(way === "inApp" ? "notifications.by_app" : "notifications.by_mail")
        }`}
      </span>
    </label>
  );
  return (
    <Panel title={t("notifications.preferences")} id="notifications">
      <p class="hint">{t("notifications.preferences_hint")}</p>
      <form class="form" method="post" action="/account/notifications">
        <DataTable<Kind>
          view={view}
          caption={t("notifications.preferences")}
          rows={Object.keys(preferences) as Kind[]}
          columns={[
            {
              key: "kind",
              header: t("notifications.kind"),
              cell: (kind) => t(`notifications.kind_${kind}`),
            },
            { key: "app", header: t("notifications.by_app"), cell: (kind) => tick("inApp", kind) },
            {
              key: "mail",
              header: t("notifications.by_mail"),
              cell: (kind) => tick("byMail", kind),
            },
          ]}
        />
        <FormActions>
          <Button view={view} label={t("common.save")} />
        </FormActions>
      </form>
    </Panel>
  );
};
