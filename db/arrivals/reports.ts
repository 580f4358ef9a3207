/**
 * Processes a server's reports about our mails: which message it is about, and whether it failed.
 */
import type { Report } from "../received_mails/reports.ts";
import type { Scope } from "../scope.ts";
import * as people from "./people.ts";

export interface Reported {
  id: string;
  userId: string | null;
  /** Whether delivery has failed for good, unlike delays and receipts. */
  failed: boolean;
}

/** Returns our message that a report is about, marked as failed if so; null if it is not ours. */
export async function apply(
  { sql, tenantId }: Scope,
  report: Report,
): Promise<Reported | null> {
  if (!report.messageId) return null;
  const [message] = await sql<Omit<Reported, "failed">[]>`
    select id, user_id
    from messages
    where tenant_id = ${tenantId}
      and message_id_header = ${report.messageId}
      and direction = 'out'
    order by at desc
    limit 1
  `;
  if (!message) return null;
  if (report.action === "failed") {
    await sql`
      update messages
      set state = 'failed', error_code = ${report.status ? `bounce_${report.status}` : "bounce"}
      where tenant_id = ${tenantId}
        and id = ${message.id}
        and state in ('sent', 'queued')
    `;
  }
  return { ...message, failed: report.action === "failed" };
}

/**
 * Known persons among the recipients of a failed mail that is not ours: their pages show the
 * report.
 */
export async function unreached(scope: Scope, report: Report | null): Promise<people.Match[]> {
  return report?.action === "failed" ? await people.matches(scope, report.recipients) : [];
}
