/** A mail's subject in a row of a list: strangers write what they like, its page shows all of it. */
import type { View } from "../view.ts";

const most = 120;

export function subjectInRow({ t }: View, subject: string): string {
  const line = subject || t("messages.no_subject");
  return line.length > most ? `${line.slice(0, most).toWellFormed().trimEnd()} …` : line;
}
