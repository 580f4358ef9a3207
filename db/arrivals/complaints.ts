/** Takes a reader's complaint about a mail of ours as an objection to advertising by e-mail. */
import type { KeyStore } from "../key_store.ts";
import * as objections from "../objections.ts";
import type { Complaint } from "../received_mails/complaints.ts";
import type { Scope } from "../scope.ts";
import * as suppressions from "../suppressions.ts";

/**
 * Records the objection (Art. 21(2) GDPR) on everybody on record at the address, and against the
 * address itself. Only recipients of the mail count: its id is known to them alone. If the report
 * names none of them, all do, because nobody may go on advertising to the one who complained. Returns
 * our mail, or null if it is not ours. Safe to repeat.
 */
export async function apply(
  scope: Scope,
  { secretKey }: KeyStore,
  { messageId, recipients }: Complaint,
): Promise<string | null> {
  const { sql, tenantId } = scope;
  const [mail] = await sql<{ id: string; reached: string[] }[]>`
    select m.id, array(
      select distinct lower(r.one ->> 'address')
      from jsonb_array_elements(m.sent_to || m.sent_cc || m.sent_bcc) as r (one)
      where r.one ->> 'address' <> ''
      order by 1
      limit 100
    ) as reached
    from messages m
    where m.tenant_id = ${tenantId}
      and m.message_id_header = ${messageId}
      and m.direction = 'out'
    order by m.at desc
    limit 1
  `;
  if (!mail) return null;
  const named = mail.reached.filter((address) => recipients.includes(address));
  const hash = suppressions.hasher(secretKey, tenantId);
  const complaining = named.length > 0 ? named : mail.reached;
  for (const address of complaining) {
    await suppressions.add(scope, hash(address), "email", "objection");
  }
  const contacts = await sql<{ id: string }[]>`
    select distinct e.contact_id as id
    from emails e
    where e.tenant_id = ${tenantId}
      and e.address_key = any (${complaining}::text[])
      and e.contact_id is not null
    order by 1
    limit 500
  `;
  for (const { id } of contacts) {
    await objections.add(scope, id, "email", "objected_by_complaint");
  }
  return mail.id;
}
