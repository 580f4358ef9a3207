/** The list of webhooks in the settings. */
import type { Webhook } from "../../db/webhooks.ts";
import { path } from "../path.ts";
import { SettingsHead, SettingsTabs } from "../settings.tsx";
import { Badge } from "../ui/badge.tsx";
import { LinkButton } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty.tsx";
import { DataTable } from "../ui/table.tsx";
import type { View } from "../view.ts";

/** How it goes with a webhook, in a word. */
export const State = ({ view, webhook }: { view: View; webhook: Webhook }) =>
  webhook.pausedAt
    ? <Badge label={view.t("webhooks.paused")} tone="warn" />
    : webhook.failures > 0
    ? <Badge label={view.t("webhooks.failing")} tone="warn" />
    : <Badge label={view.t("webhooks.running")} tone="ok" />;

/** The kinds of records whose changes it reports, in words. */
export const kindWords = ({ t }: View, { kinds }: Pick<Webhook, "kinds">) =>
  kinds.map((kind) => t(`webhooks.kind_${kind}`)).join(", ");

export const WebhookIndex = (
  { view, webhooks }: { view: View; webhooks: readonly Webhook[] },
) => {
  const { t } = view;
  return (
    <>
      <SettingsHead view={view} title={t("webhooks.title")} />
      <SettingsTabs view={view} current="webhooks" />
      <p>{t("webhooks.lead")}</p>
      <div class="toolbar">
        <LinkButton
          view={view}
          href="/settings/webhooks/new"
          label={t("webhooks.new")}
          variant="primary"
          icon="plus"
        />
      </div>
      {webhooks.length === 0 ? <EmptyState title={t("webhooks.none")} /> : (
        <DataTable<Webhook>
          view={view}
          caption={t("webhooks.title")}
          rows={webhooks}
          href={({ id }) => path`/settings/webhooks/${id}`}
          rowId={({ id }) => `webhook-${id}`}
          phoneLine={({ host }) => host}
          columns={[
            { key: "name", header: t("webhooks.receiver"), cell: ({ name }) => name },
            {
              key: "host",
              header: t("webhooks.host"),
              priority: 2,
              cell: ({ host }) => <code>{host}</code>,
            },
            {
              key: "kinds",
              header: t("webhooks.kinds"),
              priority: 3,
              cell: (webhook) => kindWords(view, webhook),
            },
            {
              key: "state",
              header: t("webhooks.state"),
              cell: (webhook) => <State view={view} webhook={webhook} />,
            },
          ]}
        />
      )}
    </>
  );
};
