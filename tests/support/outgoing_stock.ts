/** One row of everything with which users write mail, for the stock of a tenant. */
import { now } from "../../db/clock.ts";
import { newId } from "../../db/ids.ts";
import { tokenDigest } from "../../db/sessions.ts";
import type { Person } from "./cast.ts";

/** The ids of the rows, by kind. */
export interface OutgoingIds {
  draft: string;
  "failed message": string;
  "mail account": string;
  "mail template": string;
}

/** Fills a tenant with mail to a contact; every text of it contains `mark`. */
export async function stockOutgoing(
  person: Person,
  mark: string,
  contactId: string,
): Promise<OutgoingIds> {
  const { owner } = person.test.db;
  const { tenantId, userId } = person;
  const at = now();
  const ids: OutgoingIds = {
    draft: newId(),
    "failed message": newId(),
    "mail account": newId(),
    "mail template": newId(),
  };
  await owner`insert into mail_accounts ${
    owner({
      tenantId,
      id: ids["mail account"],
      userId,
      senderName: `${mark} sender`,
      address: `${mark}.account@example.org`,
      host: "smtp.example.org",
      port: 465,
      security: "tls",
      username: `${mark} login`,
      passwordSealed: new Uint8Array(50),
      createdAt: at,
      updatedAt: at,
    })
  } on conflict do nothing`;
  await owner`insert into mail_signatures ${
    owner({ tenantId, userId, language: "de", body: `${mark} signature`, updatedAt: at })
  } on conflict do nothing`;
  await owner`insert into mail_templates ${
    owner({
      tenantId,
      id: ids["mail template"],
      name: `${mark} template`,
      language: "de",
      subject: `${mark} subject`,
      body: `${mark} body`,
      createdAt: at,
      createdBy: userId,
      updatedAt: at,
    })
  }`;
  for (const [id, state] of [[ids.draft, "draft"], [ids["failed message"], "failed"]] as const) {
    const thread = newId();
    await owner`insert into threads ${owner({ tenantId, id: thread, createdAt: at })}`;
    await owner`insert into messages ${
      owner({
        tenantId,
        id,
        threadId: thread,
        direction: "out",
        state,
        userId,
        fromAddress: `${mark}.from@example.org`,
        sentTo: owner.json([{ name: mark, address: `${mark}.to@example.org` }]),
        subject: `${mark} ${state}`,
        bodyText: `${mark} text`,
        at,
        createdAt: at,
        createdBy: userId,
      })
    }`;
    await owner`insert into outgoing_messages ${
      owner({
        tenantId,
        messageId: id,
        kind: "correspondence",
        language: "de",
        draft: owner.json({
          to: `${mark}.to@example.org`,
          cc: "",
          bcc: "",
          subject: mark,
          body: mark,
          quoted: "",
        }),
        contactId,
      })
    }`;
    await owner`insert into message_links ${
      owner({ tenantId, id: newId(), messageId: id, contactId, at })
    }`;
  }
  await owner`insert into unsubscribe_links ${
    owner({
      tenantId,
      tokenDigest: tokenDigest(newId()),
      addressHash: tokenDigest(mark),
      contactId,
      language: "de",
      createdAt: at,
    })
  }`;
  return ids;
}
