/**
 * Mails of the house that come back later: each is sent under a return address of its own, which only
 * this house can make, or is known again by its Message-ID in the report of a server (RFC 3464).
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
 * Where a mail comes back to: within the domain whose mail we take, if the sender's address belongs to
 * the same owner; else null, and it comes back to the sender.
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

/** The mail that an address of ours was made for; null for what we did not make. */
export function mailOf(secretKey: string, localPart: string): string | null {
  const [, plain = "", mark = ""] = pattern.exec(localPart) ?? [];
  const id = plain.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  if (!isId(id)) return null;
  return timingSafeEqual(Buffer.from(mark), Buffer.from(markOf(secretKey, id))) ? id : null;
}

const markOf = (secretKey: string, mailId: string): string =>
  createHmac("sha256", Buffer.from(secretKey, "base64")).update(`mail return ${mailId}`)
    .digest("hex").slice(0, 16);

/** What came back: a report, or a mail of a server that says it in words only. */
export interface Returned {
  kind: MailKind;
  report: Report | null;
}

/** Whether a mail says for good that another did not arrive: delays and absences do not. */
export const isFinal = ({ kind, report }: Returned): boolean =>
  report ? report.action === "failed" : kind === "bounce";

/** Notes that a mail came back; false where nothing is known of it any more. */
export async function note(sql: AnySql, mailId: string, report: Report | null): Promise<boolean> {
  const code = report?.status ? `bounce_${report.status}` : "bounce";
  const [row] = await sql<[{ noted: boolean }]>`
    select note_return(${mailId}, ${code}, ${now()}) as noted
  `;
  // Whose letter it was may have to learn of it.
  if (row.noted) await enqueue(sql, "send_mail", null, { mailId });
  return row.noted;
}

/** Notes what a report in a mailbox says of one of our mails; whether it was one. */
export async function noteReport(sql: AnySql, returned: Returned): Promise<boolean> {
  const id = returned.report?.messageId?.replace(/@.*$/s, "") ?? "";
  if (!isId(id) || !isFinal(returned)) return false;
  return await note(sql, id, returned.report);
}
