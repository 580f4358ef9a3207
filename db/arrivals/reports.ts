/** What a server says of a mail of ours: the message it is about, and that it did not arrive. */
import type { Report } from "../received_mails/reports.ts";
import type { Scope } from "../scope.ts";
import * as people from "./people.ts";

export interface Reported {
  id: string;
  userId: string | null;
  /** Whether it is the end: delays and receipts are not. */
  failed: boolean;
}

/** Our message that a report is about, marked as failed where it is; null where it is none of ours. */
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

/** Who is on record of those whom a mail did not reach that we do not know: the report is on their pages. */
export async function unreached(scope: Scope, report: Report | null): Promise<people.Match[]> {
  return report?.action === "failed" ? await people.matches(scope, report.recipients) : [];
}
