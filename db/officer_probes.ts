/** Monthly test mails that show that the officer's address can be reached (clause 2.2). */
import { now } from "./clock.ts";
import { newId } from "./ids.ts";
import { enqueue } from "./jobs.ts";
import type { AnySql } from "./pool.ts";

/** Milliseconds after which a new one is due. */
const every = 28 * 86_400_000;
/** Milliseconds that the record of one is kept (retention class `log`). */
const keptFor = 90 * 86_400_000;

/** Whether another one is due. */
export async function isDue(sql: AnySql): Promise<boolean> {
  const rows = await sql`
    select
    from officer_probes
    where queued_at > ${new Date(now().getTime() - every)}
    limit 1
  `;
  return rows.length === 0;
}

/** Records the mail that is sent as a test. */
export async function create(sql: AnySql, mailId: string): Promise<void> {
  await sql`
    insert into officer_probes (id, mail_id, queued_at)
    values (${newId()}, ${mailId}, ${now()})
  `;
}

/**
 * The officer's address has changed: mails accepted by the old one prove nothing, so the new one is
 * tested now.
 */
export async function restart(sql: AnySql): Promise<void> {
  await sql`delete from officer_probes`;
  await enqueue(sql, "prove_clauses", null, { proof: "officer_reached" });
}

/** Takes over the results of the mails while these are still kept, and removes old records. */
export async function settle(sql: AnySql): Promise<void> {
  await sql`
    update officer_probes p
    set status = case when m.status = 'failed' then 'bounced' else 'sent' end,
      settled_at = m.finished_at
    from mails m
    where p.status = 'queued'
      and m.id = p.mail_id
      and m.status in ('sent', 'kept', 'failed')
  `;
  await sql`
    delete from officer_probes
    where queued_at <= ${new Date(now().getTime() - keptFor)}
  `;
}
