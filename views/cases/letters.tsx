/** Letters sent by post: the list on a case's page, and the printed letter. */
import type { Case } from "../../db/cases.ts";
import type { Controller } from "../../db/controllers.ts";
import type { PersonLetter } from "../../db/person_letters.ts";
import { formatter } from "../format.ts";
import { path } from "../path.ts";
import { Badge } from "../ui/badge.tsx";
import { PostButton } from "../ui/button.tsx";
import { Panel } from "../ui/panel.tsx";
import type { View } from "../view.ts";
import type { Desk } from "./desk.tsx";

/** What waits for the post, and what has gone. */
export const PostPanel = (
  { view, desk, letters }: { view: View; desk: Desk; letters: readonly PersonLetter[] },
) => {
  const { t, format } = view;
  if (letters.length === 0) return null;
  const waiting = letters.filter(({ sentAt }) => sentAt === null).length;
  return (
    <Panel
      title={t("cases.letters")}
      id="letters"
      actions={waiting > 0
        ? <Badge label={t("cases.letters_waiting", { count: waiting })} tone="warn" />
        : null}
    >
      <ul class="letter-list">
        {letters.map(({ id, kind, createdAt, sentAt }) => (
          <li>
            <a href={desk.base + path`/letters/${id}`} data-hx-boost="false">
              {t(`cases.letter_${kind}`)} (PDF)
            </a>
            {sentAt ? <span>{t("cases.letter_sent_on", { date: format.date(sentAt) })}</span> : (
              <>
                <span>{t("cases.letter_made_on", { date: format.date(createdAt) })}</span>
                <PostButton
                  view={view}
                  action={desk.base + path`/letters/${id}/dispatch`}
                  label={t("cases.letter_send")}
                  variant="quiet"
                  icon="check"
                />
              </>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
};

/** What the template `letterDocument` reads. */
export function printedLetter(
  { subject, body, createdAt }: PersonLetter,
  { personName, personAddress, language }: Case,
  controller: Controller,
) {
  const { name, street, postalCode, city } = controller;
  const locale = language === "de" ? "de" : "en";
  return {
    title: subject,
    author: name,
    lang: locale,
    footer: name,
    sender: [name, street, `${postalCode} ${city}`.trim()].filter(Boolean).join(" · "),
    recipient: [personName, personAddress].filter(Boolean).join("\n"),
    date: formatter(locale, createdAt).date(createdAt),
    paragraphs: body.split(/\n{2,}/).filter((each) => each.trim() !== ""),
  };
}
