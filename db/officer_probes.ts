/** Mails that show that the officer's address is reached (clause 2.2), one a month. */
import { now } from "./clock.ts";
import { newId } from "./ids.ts";
import { enqueue } from "./jobs.ts";
import type { AnySql } from "./pool.ts";

/** A new one is due after so many milliseconds. */
const every = 28 * 86_400_000;
/** How long the record of one stays, in milliseconds (retention class `log`). */
const keptFor = 90 * 86_400_000;

/** Whether it is time for another. */
export async function isDue(sql: AnySql): Promise<boolean> {
  const rows = await sql`
    select
    from officer_probes
    where queued_at > ${new Date(now().getTime() - every)}
    limit 1
  `;
  return rows.length === 0;
}

/** Notes the mail that goes out as a probe. */
export async function create(sql: AnySql, mailId: string): Promise<void> {
  await sql`
    insert into officer_probes (id, mail_id, queued_at)
    values (${newId()}, ${mailId}, ${now()})
  `;
}

/** Another address is the officer's: that an older one took mails says nothing of it, and it is asked now. */
export async function beginAnew(sql: AnySql): Promise<void> {
  await sql`delete from officer_probes`;
  await enqueue(sql, "prove_clauses", null, { proof: "officer_reached" });
}

/** Takes over what became of the mails, while these are still kept, and drops old records. */
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
