/**
 * Our mails that are returned later: each is sent with its own return address that only this
 * installation can make, or is recognised by its Message-ID in a server's report (RFC 3464).
 */
import { createHmac, timingSafeEqual } from "node:crypto";
import { Buffer } from "node:buffer";
import { now } from "./clock.ts";
import { isId } from "./ids.ts";
import { enqueue } from "./jobs.ts";
import type { AnySql } from "./pool.ts";
import type { MailKind } from "./received_mails/automatics.ts";
import type { Report } from "./received_mails/reports.ts";

const pattern = /^return-([0-9a-f]{32})-([0-9a-f]{16})$/;

/**
 * Where a mail is returned to: an address in our receiving domain if the sender's address belongs
 * to the same owner; otherwise null, and it is returned to the sender.
 */
export function returnAddress(
  secretKey: string,
  mailId: string,
  sender: string,
  domain: string | undefined,
): string | null {
  const own = sender.slice(sender.lastIndexOf("@") + 1).toLowerCase();
  if (!domain || !(domain === own || domain.endsWith(`.${own}`))) return null;
  return `return-${mailId.replaceAll("-", "")}-${markOf(secretKey, mailId)}@${domain}`;
}

/** The mail that a return address of ours was made for; null if we did not make it. */
export function mailOf(secretKey: string, localPart: string): string | null {
  const [, plain = "", mark = ""] = pattern.exec(localPart) ?? [];
  const id = plain.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  if (!isId(id)) return null;
  return timingSafeEqual(Buffer.from(mark), Buffer.from(markOf(secretKey, id))) ? id : null;
}

const markOf = (secretKey: string, mailId: string): string =>
  createHmac("sha256", Buffer.from(secretKey, "base64")).update(`mail return ${mailId}`)
    .digest("hex").slice(0, 16);

/** A returned mail: a report, or a server's message that says it in words only. */
export interface Returned {
  kind: MailKind;
  report: Report | null;
}

/** Whether a mail says that another was finally not delivered; delays and absences do not count. */
export const isFinal = ({ kind, report }: Returned): boolean =>
  report ? report.action === "failed" : kind === "bounce";

/** Records that a mail was returned; false if the mail is no longer known. */
export async function note(sql: AnySql, mailId: string, report: Report | null): Promise<boolean> {
  const code = report?.status ? `bounce_${report.status}` : "bounce";
  const [row] = await sql<[{ noted: boolean }]>`
    select note_return(${mailId}, ${code}, ${now()}) as noted
  `;
  // The author of the mail may have to be told.
  if (row.noted) await enqueue(sql, "send_mail", null, { mailId });
  return row.noted;
}

/** Records what a report in a mailbox says about one of our mails; returns whether it did. */
export async function noteReport(sql: AnySql, returned: Returned): Promise<boolean> {
  const id = returned.report?.messageId?.replace(/@.*$/s, "") ?? "";
  if (!isId(id) || !isFinal(returned)) return false;
  return await note(sql, id, returned.report);
}
