/** Sample mails: conversations with the invented persons, and some strangers in the inbox. */
import * as inbox from "./inbox.ts";
import * as messages from "./messages.ts";
import { linksOf } from "./record_links.ts";
import { Dice } from "./samples/dice.ts";
import { conversations, strangers } from "./samples/letters.ts";
import type { Scope } from "./scope.ts";

interface Partner {
  id: string;
  name: string;
  address: string;
  userId: string;
  userName: string;
  userAddress: string;
}

const hour = 3_600_000;
const day = 24 * hour;
/** The most conversations, and persons considered for each of them. */
const most = 60;
const personsEach = 6;

/** Generates mails with the persons of an import, and puts strangers' mails in an owner's inbox. */
export async function create(
  scope: Scope,
  { importId, contacts, seed }: { importId: string; contacts: number; seed: number },
): Promise<void> {
  const { now } = scope;
  const dice = new Dice(seed);
  const partners = await listPartners(scope, importId, Math.min(most, contacts / personsEach));
  let count = 0;
  const headerOf = () => `sample.${importId}.${++count}@mail.example`;
  for (const partner of partners) {
    const person = { name: partner.name, address: partner.address };
    const user = { name: partner.userName, address: partner.userAddress };
    const links = await linksOf(scope, { contactIds: [partner.id] });
    const references: string[] = [];
    let at = now.getTime() - dice.int(4, 60) * day + dice.int(0, 8) * hour;
    for (const { from, after, subject, text, kind = "mail" } of dice.pick(conversations)) {
      at += after * hour;
      const incoming = from === "contact";
      const messageId = headerOf();
      const instant = new Date(at);
      const fill = (words: string) =>
        words.replace("{person}", partner.name).replace("{user}", partner.userName);
      const id = await messages.create(scope, {
        direction: incoming ? "in" : "out",
        kind,
        state: incoming ? "received" : "sent",
        userId: partner.userId,
        messageId,
        references: [...references],
        from: incoming ? person : user,
        to: [incoming ? user : person],
        cc: [],
        subject,
        text: fill(text),
        html: "",
        at: instant,
      });
      references.push(messageId);
      await messages.link(scope, id, instant, links);
      if (!incoming) continue;
      const { userId } = partner;
      await inbox.add(scope, { messageId: id, userId, state: "assigned", kind, at: instant });
    }
  }
  const reader = partners[0];
  if (!reader) return;
  for (const [index, { name, address, subject, text }] of strangers.entries()) {
    const at = new Date(now.getTime() - (index * 9 + 2) * hour);
    const id = await messages.create(scope, {
      ...{ direction: "in", kind: "mail", state: "received", userId: null },
      messageId: headerOf(),
      references: [],
      from: { name, address },
      to: [{ name: reader.userName, address: reader.userAddress }],
      ...{ cc: [], subject, text, html: "", at },
    });
    await inbox.add(scope, { messageId: id, userId: null, state: "open", kind: "mail", at });
  }
}

/** Persons of the import with an address of their own, and the users who look after them. */
async function listPartners(
  { sql, tenantId }: Scope,
  importId: string,
  count: number,
): Promise<Partner[]> {
  return await sql<Partner[]>`
    select c.id, concat_ws(' ', nullif(c.first_name, ''), nullif(c.last_name, '')) as name,
      e.address, u.id as user_id, i.name as user_name, i.email as user_address
    from contacts c
    join lateral (
      select address
      from emails
      where tenant_id = ${tenantId}
        and contact_id = c.id
      order by position, id
      limit 1
    ) e on true
    join users u on u.tenant_id = c.tenant_id and u.id = c.owner_id
    join identities i on i.id = u.identity_id
    where c.tenant_id = ${tenantId}
      and c.import_id = ${importId}
      and c.status in ('customer', 'prospect')
      and c.restricted_at is null
    order by c.last_touch_at desc, c.id
    limit ${Math.ceil(count)}
  `;
}

/** Removes the mails of an import, whoever they have been assigned to since. */
export async function remove({ sql, tenantId }: Scope, importId: string): Promise<void> {
  await sql`
    delete from messages
    where tenant_id = ${tenantId}
      and starts_with(message_id_header, ${`sample.${importId}.`})
  `;
}
