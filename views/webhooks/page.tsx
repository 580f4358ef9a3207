/** The page of a webhook: its details, its secret, and its calls. */
import type { Page } from "../../db/pages.ts";
import type { Delivery } from "../../db/webhook_deliveries.ts";
import type { Webhook } from "../../db/webhooks.ts";
import type { MessageKey } from "../i18n/translate.ts";
import { path } from "../path.ts";
import { Badge } from "../ui/badge.tsx";
import { LinkButton, PostButton } from "../ui/button.tsx";
import { DescriptionList } from "../ui/descriptions.tsx";
import { EmptyState } from "../ui/empty.tsx";
import { Notice } from "../ui/flash.tsx";
import { PageHeader } from "../ui/page_header.tsx";
import { Pager } from "../ui/pager.tsx";
import { Panel } from "../ui/panel.tsx";
import { DataTable } from "../ui/table.tsx";
import { country } from "../processors/words.ts";
import type { View } from "../view.ts";
import { kindWords, State } from "./index.tsx";

interface Props {
  view: View;
  webhook: Webhook;
  deliveries: Page<Delivery>;
  /** The secret just made; it is shown this once. */
  secret: string | null;
}

export const WebhookPage = ({ view, webhook, deliveries, secret }: Props) => {
  const { t, format } = view;
  const at = path`/settings/webhooks/${webhook.id}`;
  return (
    <>
      <PageHeader
        view={view}
        title={webhook.name}
        marks={<State view={view} webhook={webhook} />}
        crumbs={[{ href: "/settings/webhooks", label: t("webhooks.title") }]}
      >
        {webhook.pausedAt ? null : (
          <PostButton
            view={view}
            action={`${at}/tests`}
            label={t("webhooks.test")}
            icon="send"
          />
        )}
        <LinkButton view={view} href={`${at}/edit`} label={t("common.edit")} icon="pencil" />
      </PageHeader>
      {secret ? <NewSecret view={view} secret={secret} /> : null}
      {webhook.pausedAt
        ? (
          <Notice
            view={view}
            kind="warn"
            text={t("webhooks.paused_text", { date: format.dateTime(webhook.pausedAt) })}
          />
        )
        : null}
      <DescriptionList
        items={[
          [t("webhooks.url"), <code>{webhook.url}</code>],
          [t("webhooks.country"), country(view, webhook.country)],
          [t("webhooks.reach"), webhook.reach],
          [t("webhooks.kinds"), kindWords(view, webhook)],
          webhook.restsUntil && !webhook.pausedAt && [
            t("webhooks.next_try"),
            format.dateTime(webhook.restsUntil),
          ],
        ]}
      />
      <Panel title={t("webhooks.calls")} id="calls">
        <p class="hint">{t("webhooks.calls_hint")}</p>
        <Calls view={view} deliveries={deliveries} />
        <Pager
          view={view}
          previous={deliveries.previous && `${at}?before=${deliveries.previous}`}
          next={deliveries.next && `${at}?after=${deliveries.next}`}
        />
      </Panel>
      <Panel title={t("webhooks.signature")} id="signature">
        <p>{t("webhooks.signature_text")}</p>
        <pre><code>{example}</code></pre>
        <PostButton
          view={view}
          action={`${at}/secret`}
          label={t("webhooks.renew")}
          icon="refresh-cw"
        />
      </Panel>
      <Panel title={t("webhooks.end")} id="end">
        <p>{t("webhooks.end_text")}</p>
        <PostButton
          view={view}
          action={`${at}/removal`}
          label={t("webhooks.remove")}
          variant="danger"
        />
      </Panel>
    </>
  );
};

/** What a receiver computes and compares. */
const example = [
  "webhook-id: {id}",
  "webhook-timestamp: {time}",
  "webhook-signature: v1,base64(HMAC-SHA256(secret, {id}.{time}.{body}))",
].join("\n");

const NewSecret = ({ view, secret }: { view: View; secret: string }) => (
  <>
    <Notice view={view} kind="warn" text={view.t("webhooks.copy_secret")} />
    <div class="field">
      <label for="new-secret">{view.t("webhooks.secret")}</label>
      <input id="new-secret" type="text" readonly value={secret} autocomplete="off" />
    </div>
  </>
);

const tones = { waiting: "neutral", sent: "ok", failed: "warn" } as const;

const Calls = ({ view, deliveries }: { view: View; deliveries: Page<Delivery> }) => {
  const { t, format } = view;
  if (deliveries.rows.length === 0) return <EmptyState title={t("webhooks.no_calls")} />;
  return (
    <DataTable<Delivery>
      view={view}
      caption={t("webhooks.calls")}
      rows={deliveries.rows}
      rowId={({ id }) => `call-${id}`}
      phoneLine={({ createdAt }) => format.dateTime(createdAt)}
      columns={[
        { key: "event", header: t("webhooks.event"), cell: ({ event }) => <code>{event}</code> },
        {
          key: "records",
          header: t("webhooks.records"),
          priority: 3,
          align: "end",
          cell: ({ recordIds }) => String(recordIds.length),
        },
        {
          key: "at",
          header: t("webhooks.at"),
          priority: 2,
          cell: ({ createdAt }) => format.dateTime(createdAt),
        },
        {
          key: "status",
          header: t("webhooks.state"),
          cell: ({ status }) => (
            <Badge label={t(`webhooks.status_${status}`)} tone={tones[status]} />
          ),
        },
        {
          key: "answer",
          header: t("webhooks.answer"),
          priority: 2,
          cell: ({ answerCode, errorCode }) =>
            [
              answerCode === null ? "" : String(answerCode),
              errorCode === null ? "" : t(`webhooks.fault_${errorCode}` as MessageKey),
            ].filter(Boolean).join(" · "),
        },
        {
          key: "attempts",
          header: t("webhooks.attempts"),
          priority: 3,
          align: "end",
          cell: ({ attempts }) => String(attempts),
        },
      ]}
    />
  );
};
