/** What a reader can do with a mail: reply, reply to all, forward. */
import type { Message } from "../../db/message_views.ts";
import { query } from "../path.ts";
import { LinkButton } from "../ui/button.tsx";
import type { View } from "../view.ts";

/** The ways on, for those who may send. */
export const AnswerLinks = ({ view, message }: { view: View; message: Message }) => {
  const { t } = view;
  if (!view.can("mail.send")) return null;
  const several = message.sentTo.length + message.sentCc.length > 1;
  const link = (changes: Record<string, string>) => query("/messages/new", changes);
  return (
    <>
      <LinkButton
        view={view}
        href={link({ reply: message.id })}
        label={t("outgoing.reply")}
        icon="reply"
        variant="primary"
      />
      {several
        ? (
          <LinkButton
            view={view}
            href={link({ reply: message.id, all: "1" })}
            label={t("outgoing.reply_all")}
          />
        )
        : null}
      <LinkButton
        view={view}
        href={link({ forward: message.id })}
        label={t("outgoing.forward")}
        icon="forward"
      />
    </>
  );
};
