/** The page of mails that were kept instead of sent. */
import type { Mail } from "../db/mails.ts";
import { EmptyState } from "./ui/empty.tsx";
import { PageHeader } from "./ui/page_header.tsx";
import { Panel } from "./ui/panel.tsx";
import type { View } from "./view.ts";

/** Each with its text; links can be followed. */
export const KeptMails = ({ view, mails }: { view: View; mails: readonly Mail[] }) => {
  const { t, format } = view;
  return (
    <>
      <PageHeader view={view} title={t("operator.dev_mail")} sub={t("operator.dev_mail_text")} />
      {mails.length === 0 ? <EmptyState title={t("operator.dev_mail_empty")} /> : null}
      {mails.map((mail) => (
        <Panel title={mail.subject} id={`mail-${mail.id}`}>
          <p class="hint">{`${mail.recipient} · ${format.dateTime(mail.createdAt)}`}</p>
          <p class="letter">
            {mail.bodyText.split(/(https?:\/\/\S+)/).map((part, i) =>
              i % 2 === 1 ? <a href={part}>{part}</a> : part
            )}
          </p>
        </Panel>
      ))}
    </>
  );
};
