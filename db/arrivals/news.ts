/** Notifies users about a mail that has arrived. */
import type { Direction } from "../messages.ts";
import { notify } from "../notifications.ts";
import type { MailKind } from "../received_mails/automatics.ts";
import type { MailAddress } from "../received_mails/headers.ts";
import type { Scope } from "../scope.ts";
import type { Match } from "./people.ts";
import type { Reported } from "./reports.ts";

/**
 * Milliseconds after which nobody is notified of a mail any more, because it is part of a mailbox's
 * past.
 */
const newsFor = 86_400_000;

/**
 * Notifies those responsible for the sender that they wrote, and an author whose mail came back.
 * Nobody is notified about restricted persons.
 */
export async function notifyUsers(
  scope: Scope,
  messageId: string,
  kind: MailKind,
  mail: { direction: Direction; from: MailAddress | null; at: Date },
  matched: readonly Match[],
  reported: Reported | null,
): Promise<void> {
  const { direction, from, at } = mail;
  if (direction !== "in" || matched.some(({ restricted }) => restricted)) return;
  if (scope.now.getTime() - at.getTime() > newsFor) return;
  const sender = from?.address.toLowerCase();
  const owners = kind === "mail"
    ? matched.filter(({ address }) => address === sender).map(({ ownerId }) => ownerId)
    : [reported?.failed ? reported.userId : null];
  for (const userId of new Set(owners)) {
    if (userId) await notify(scope, { userId, kind: "mail_received", messageId });
  }
}
