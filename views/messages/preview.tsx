/** A mail before it is sent: as its readers will see it, and what prevents sending. */
import type { Draft } from "../../db/drafts.ts";
import type { Attachment } from "../../db/message_files.ts";
import type { Judgement } from "../../db/outgoing_gate.ts";
import type { MessageKey } from "../i18n/translate.ts";
import { type Parts, TextBlocks } from "../mail/messages.tsx";
import { path } from "../path.ts";
import { LinkButton, PostButton } from "../ui/button.tsx";
import { DescriptionList } from "../ui/descriptions.tsx";
import { Notice } from "../ui/flash.tsx";
import { PageHeader } from "../ui/page_header.tsx";
import type { View } from "../view.ts";

interface Props {
  view: View;
  draft: Draft;
  /** The addresses as they are written in the head. */
  head: { from: string; to: string; cc: string; bcc: string };
  parts: Parts;
  barred: readonly Judgement[];
  /** Addresses that only the mail's kind lets through. */
  passed: readonly Judgement[];
  /**
   * Whom marketing would reach without a consent on record, and where the sender is (ISO 3166-1);
   * null where nothing is missing.
   */
  unasked: { address: string; country: string } | null;
  files: readonly Attachment[];
  tooLarge: boolean;
}

/** What limits marketing by mail, by the sender's country. */
const laws: Readonly<Record<string, MessageKey>> = {
  AT: "outgoing.unasked_law_at",
  CH: "outgoing.unasked_law_ch",
  DE: "outgoing.unasked_law_de",
};

/** Everything that goes out, and the one button that sends it. */
export const MessagePreview = (props: Props) => {
  const { view, draft, head, parts, files, barred, passed, unasked, tooLarge } = props;
  const { t, format } = view;
  return (
    <>
      <PageHeader
        view={view}
        title={t("outgoing.preview")}
        crumbs={[{ href: "/messages", label: t("outgoing.title") }]}
      />
      <Against {...props} />
      {passed.map(({ address, passed }) => (
        <Notice
          view={view}
          kind="warn"
          text={t("outgoing.passed", {
            address,
            why: t(`outgoing.bar_${passed!}`),
            kind: t(`outgoing.kind_${draft.kind}`),
          })}
        />
      ))}
      {unasked === null ? null : (
        <Notice
          view={view}
          kind="warn"
          text={t("outgoing.unasked", {
            address: unasked.address,
            law: t(laws[unasked.country] ?? "outgoing.unasked_law_elsewhere"),
          })}
        />
      )}
      <DescriptionList
        items={[
          [t("outgoing.from"), head.from],
          [t("outgoing.to"), head.to],
          [t("outgoing.cc"), head.cc],
          [t("outgoing.bcc"), head.bcc],
          [t("outgoing.subject"), <b>{draft.subject}</b>],
          [
            t("outgoing.files"),
            files.map(({ name, size }) => `${name} (${format.bytes(size)})`).join(", "),
          ],
          [t("outgoing.purpose"), t(`outgoing.kind_${draft.kind}`)],
        ]}
      />
      <article class="mail" lang={draft.language}>
        <TextBlocks text={parts.body} />
        {parts.signature.trim()
          ? (
            <div class="letter">
              {parts.signature.trim()}
            </div>
          )
          : null}
        <TextBlocks text={parts.quoted} />
      </article>
      {draft.kind === "marketing" ? <p class="hint">{t("outgoing.unsubscribe_hint")}</p> : null}
      <div class="form-actions">
        {barred.length === 0 && !tooLarge
          ? (
            <PostButton
              view={view}
              action={path`/messages/${draft.id}/dispatch`}
              label={t("outgoing.send")}
              icon="send"
              variant="primary"
            />
          )
          : null}
        <LinkButton
          view={view}
          href={path`/messages/${draft.id}/edit`}
          label={t("outgoing.go_on")}
        />
      </div>
    </>
  );
};

/** Why the mail cannot be sent, address by address. */
const Against = ({ view, barred, tooLarge }: Props) => {
  const { t } = view;
  if (barred.length === 0 && !tooLarge) return null;
  return (
    <div class="error-summary" role="alert" tabindex={-1} autofocus>
      <p>{t("outgoing.not_sendable")}</p>
      <ul>
        {barred.map(({ address, bar }) => (
          <li>
            <b>{address}</b>: {t(`outgoing.bar_${bar!}`)}
          </li>
        ))}
        {tooLarge ? <li>{t("outgoing.files_too_large")}</li> : null}
      </ul>
      {barred.length > 0 ? <p>{t("outgoing.bar_way")}</p> : null}
    </div>
  );
};
