/** One row of everything that comes in by mail, for the stock of a tenant. */
import { now } from "../../db/clock.ts";
import { newId } from "../../db/ids.ts";
import { newLocalPart } from "../../db/inbound_addresses.ts";
import type { Person } from "./cast.ts";

/** The ids of the rows, by kind. */
export interface MailIds {
  message: string;
  mailbox: string;
  "inbox message": string;
  "discarded inbox message": string;
}

/** Fills a tenant with mail of a contact; every text of it contains `mark`. */
export async function stockMail(
  person: Person,
  mark: string,
  contactId: string,
): Promise<MailIds> {
  const { owner } = person.test.db;
  const { tenantId, userId } = person;
  const at = now();
  const inboundAddress = newId();
  await owner`insert into inbound_addresses ${
    owner({ tenantId, id: inboundAddress, userId, localPart: newLocalPart(), createdAt: at })
  } on conflict do nothing`;
  await owner`insert into raw_mails ${
    owner({
      tenantId,
      id: newId(),
      handler: `${mark} handler`,
      sourceId: inboundAddress,
      size: 1,
      status: "failed",
      errorCode: "broken",
      receivedAt: at,
      finishedAt: at,
    })
  }`;
  const ids: MailIds = {
    message: newId(),
    mailbox: newId(),
    "inbox message": newId(),
    "discarded inbox message": newId(),
  };
  const thread = newId();
  await owner`insert into threads ${owner({ tenantId, id: thread, createdAt: at })}`;
  await owner`insert into messages ${
    owner({
      tenantId,
      id: ids.message,
      threadId: thread,
      direction: "in",
      state: "received",
      userId,
      messageIdHeader: `${mark}@muster.example`,
      rootId: `${mark}@muster.example`,
      fromName: `${mark} sender`,
      fromAddress: `${mark}.sender@example.org`,
      subject: `${mark} message`,
      bodyText: `${mark} body`,
      bodyHtml: `<p>${mark} body</p>`,
      at,
      createdAt: at,
    })
  }`;
  await owner`insert into message_links ${
    owner({ tenantId, id: newId(), messageId: ids.message, contactId, at })
  }`;
  await owner`insert into message_keys ${
    owner({ tenantId, mailKey: mark, messageId: ids.message })
  }`;
  await owner`insert into inbox_messages ${
    owner({
      tenantId,
      id: ids["inbox message"],
      messageId: ids.message,
      state: "open",
      kind: "mail",
      at,
    })
  }`;
  const other = newId();
  await owner`insert into messages ${
    owner({
      tenantId,
      id: other,
      threadId: thread,
      direction: "in",
      state: "received",
      fromAddress: `${mark}.other@example.org`,
      subject: `${mark} discarded`,
      at,
      createdAt: at,
    })
  }`;
  await owner`insert into inbox_messages ${
    owner({
      tenantId,
      id: ids["discarded inbox message"],
      messageId: other,
      state: "discarded",
      kind: "mail",
      at,
      eraseAfter: at,
    })
  }`;
  await owner`insert into mailboxes ${
    owner({
      tenantId,
      id: ids.mailbox,
      userId,
      name: `${mark} mailbox`,
      address: `${mark}.mailbox@example.org`,
      host: "imap.example.org",
      port: 993,
      security: "tls",
      username: `${mark} login`,
      passwordSealed: new Uint8Array(50),
      sinceOn: "2026-01-01",
      dueAt: at,
      createdAt: at,
      updatedAt: at,
    })
  }`;
  await owner`insert into mailbox_folders ${
    owner({ tenantId, mailboxId: ids.mailbox, role: "inbox", path: "INBOX", uidValidity: 1 })
  }`;
  await owner`insert into mailbox_mails ${
    owner({
      tenantId,
      mailboxId: ids.mailbox,
      role: "inbox",
      uidValidity: 1,
      uid: 1,
      mailKey: mark,
      outcome: "received",
      seenAt: at,
    })
  }`;
  await owner`insert into sent_copies ${
    owner({
      tenantId,
      messageId: ids.message,
      mailboxId: ids.mailbox,
      objectId: newId(),
      createdAt: at,
    })
  }`;
  return ids;
}
