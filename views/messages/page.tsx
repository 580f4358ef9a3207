/** The page of a mail: who wrote what to whom, its conversation, and whose it is. */
import type { Child } from "hono/jsx";
import type { LinkedRecord, Message, MessageLine } from "../../db/message_views.ts";
import type { MailAddress } from "../../db/received_mails/headers.ts";
import type { CopyState } from "../../db/sent_copies.ts";
import { isMessageKey, type MessageKey } from "../i18n/translate.ts";
import { path } from "../path.ts";
import { RecordLinks } from "../records/links.tsx";
import { Badge } from "../ui/badge.tsx";
import { PostButton } from "../ui/button.tsx";
import { DescriptionList } from "../ui/descriptions.tsx";
import { Notice } from "../ui/flash.tsx";
import { PageHeader } from "../ui/page_header.tsx";
import { Columns, Panel } from "../ui/panel.tsx";
import { Time } from "../ui/values.tsx";
import type { View } from "../view.ts";
import { reasonOf, refusedIn, stateTones, wayOf } from "./states.ts";
import { MessageText } from "./text.tsx";

interface Props {
  view: View;
  message: Message;
  records: readonly LinkedRecord[];
  conversation: readonly MessageLine[];
  /** What can be done with it: buttons in the head. */
  actions?: Child;
  /** What stands beside it above all else: the question who wrote it. */
  aside?: Child;
  /** Its files. */
  files?: Child;
  /** Of a mail of ours: its copy in the author's own mailbox. */
  copy?: CopyState | null;
}

/** The whole of it. */
export const MessagePage = (props: Props) => {
  const { view, message } = props;
  return (
    <>
      <PageHeader
        view={view}
        title={message.subject || view.t("messages.no_subject")}
        crumbs={[
          message.direction === "in"
            ? { href: "/inbox", label: view.t("inbox.title") }
            : { href: "/messages", label: view.t("outgoing.title") },
        ]}
        marks={<Marks view={view} message={message} />}
      >
        {props.actions}
      </PageHeader>
      <Columns
        aside={
          <>
            {props.aside}
            <Records view={view} records={props.records} />
            <Conversation view={view} lines={props.conversation} />
          </>
        }
      >
        <Faults view={view} message={message} />
        <Head view={view} message={message} copy={props.copy ?? null} />
        <div class="message">
          <MessageText view={view} text={message.bodyText} />
          {message.hasMarkup ? <Formatted view={view} id={message.id} /> : null}
        </div>
        {props.files}
      </Columns>
    </>
  );
};

const Marks = ({ view, message: { kind, state } }: { view: View; message: Message }) => (
  <>
    {kind === "mail" ? null : <Badge label={view.t(`messages.kind_${kind}`)} />}
    {state === "failed"
      ? <Badge label={view.t("outgoing.state_failed")} tone="danger" />
      : state === "queued" || state === "sent"
      ? <Badge label={view.t(`outgoing.state_${state}`)} tone={stateTones[state]} />
      : null}
  </>
);

const Faults = ({ view, message }: { view: View; message: Message }) => {
  const { t } = view;
  const { id, own, state, errorCode, incomplete, sentTo, sentCc, sentBcc } = message;
  const refused = refusedIn(errorCode ?? "", [...sentTo, ...sentCc, ...sentBcc])
    .map(({ address }) => address);
  return (
    <>
      {state === "failed" || state === "sent" && errorCode
        ? (
          <Notice
            view={view}
            kind={state === "failed" ? "error" : "warn"}
            text={refused.length > 0
              ? t("outgoing.reason_these_refused", { addresses: refused.join(", ") })
              : reasonOf(t, errorCode ?? "")}
          />
        )
        : state === "queued"
        ? (
          <p class="hint" role="status">
            {errorCode ? `${reasonOf(t, errorCode)} ` : ""}
            {t("outgoing.under_way")}
          </p>
        )
        : null}
      {state === "failed" && own && view.can("mail.send")
        ? (
          <PostButton
            view={view}
            action={path`/messages/${id}/retry`}
            label={t("outgoing.retry")}
            icon="refresh-cw"
          />
        )
        : null}
      {incomplete
        ? (
          <Notice
            view={view}
            kind="warn"
            text={[
              t(`messages.incomplete_${incomplete}` as MessageKey),
              withOriginal.includes(incomplete) ? t("messages.incomplete_original") : "",
            ].join(" ").trim()}
          />
        )
        : null}
    </>
  );
};

/** Where the whole mail lies beside what could be read of it. */
const withOriginal = ["headers", "structure", "markup", "text", "files", "encrypted"];

const Head = (
  { view, message, copy }: { view: View; message: Message; copy: CopyState | null },
) => {
  const { t } = view;
  const from = { name: message.fromName, address: message.fromAddress };
  // Which address one's own goes under is known when it has gone.
  const waits = message.direction === "out" && !from.address;
  return (
    <DescriptionList
      items={[
        !waits &&
        [t("messages.from"), from.address ? <Address of={from} /> : t("messages.no_sender")],
        [t("messages.to"), <Addresses of={message.sentTo} />],
        message.sentCc.length > 0 && [t("messages.cc"), <Addresses of={message.sentCc} />],
        message.sentBcc.length > 0 && [t("outgoing.bcc"), <Addresses of={message.sentBcc} />],
        [t("messages.sent_at"), <Time view={view} moment={message.at} as="dateTime" />],
        copy && [t("messages.copy"), copyText(view, copy)],
      ]}
    />
  );
};

/** How far the copy has come, and what keeps it. */
function copyText({ t }: View, { state, errorCode, mailbox }: CopyState): string {
  const key = `mailboxes.error_${errorCode}`;
  const why = errorCode === null ? "" : t(isMessageKey(key) ? key : "mailboxes.error_unexpected");
  return [t(`messages.copy_${state}`, { name: mailbox.name }), why].filter(Boolean).join(" ");
}

const Address = ({ of: { name, address } }: { of: MailAddress }) => (
  <span class="mail-address">
    {name
      ? (
        <>
          {name} <span class="address">{address}</span>
        </>
      )
      : address}
  </span>
);

/** Beyond these the rest is counted. */
const mostShown = 10;

const Addresses = ({ of }: { of: readonly MailAddress[] }) => (
  <>
    {of.slice(0, mostShown).map((each, index) => (
      <>
        {index > 0 ? ", " : null}
        <Address of={each} />
      </>
    ))}
    {of.length > mostShown ? ` + ${of.length - mostShown}` : null}
  </>
);

/** The mail as it was laid out, in a frame that can do nothing; loaded when it is opened. */
const Formatted = ({ view, id }: { view: View; id: string }) => (
  <details class="fold message-frame">
    <summary>{view.t("messages.formatted")}</summary>
    <p class="hint">{view.t("messages.formatted_hint")}</p>
    <iframe
      src={path`/messages/${id}/body`}
      title={view.t("messages.formatted_title")}
      sandbox="allow-popups allow-popups-to-escape-sandbox"
      loading="lazy"
      referrerpolicy="no-referrer"
    />
  </details>
);

const Records = ({ view, records }: { view: View; records: readonly LinkedRecord[] }) =>
  records.length === 0 ? null : (
    <Panel title={view.t("messages.records")} id="records">
      <RecordLinks view={view} records={records} />
    </Panel>
  );

const Conversation = ({ view, lines }: { view: View; lines: readonly MessageLine[] }) =>
  lines.length === 0 ? null : (
    <Panel
      title={view.t("messages.conversation")}
      id="conversation"
      count={view.format.number(lines.length)}
    >
      <ul class="message-lines">
        {lines.map((line) => (
          <li>
            <a href={path`/messages/${line.id}`}>
              {line.subject || view.t("messages.no_subject")}
            </a>
            <small>
              {/* What is on its way has no sender yet. */}
              {[
                wayOf(view.t, line),
                line.fromName || line.fromAddress,
              ].filter(Boolean).join(" · ")} · <Time view={view} moment={line.at} as="dateTime" />
            </small>
          </li>
        ))}
      </ul>
    </Panel>
  );
