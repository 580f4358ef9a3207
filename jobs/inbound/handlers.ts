/**
 * Decides who receives mail for which address: every kind of address registers here, and the
 * listener asks each in turn.
 */
import * as arrivals from "../../db/arrivals.ts";
import * as inboundAddresses from "../../db/inbound_addresses.ts";
import type { Verdicts } from "../../db/file_verdicts.ts";
import type { Sql } from "../../db/pool.ts";
import type { RawMail, Recipient } from "../../db/raw_mails.ts";
import type { Contents } from "../../db/received_mails/contents.ts";
import { keyOf } from "../../db/received_mails/keys.ts";
import type { Scope } from "../../db/scope.ts";
import type { Tools } from "../job.ts";
import { officerAddresses } from "./officer_answers.ts";
import { returnAddresses } from "./mail_returns.ts";
import { privacyAddresses } from "./privacy_letters.ts";

/** A stored mail, opened and parsed. */
export interface Received extends RawMail {
  raw: Uint8Array;
  contents: Contents;
  verdicts: Verdicts;
}

/** A kind of address within the installation's mail domain. */
export interface InboundHandler {
  /** Kept with each mail, so that the job finds its handler again. */
  readonly name: string;
  /**
   * Whose address a local part is, given in lower case and without `+tag`; null if not of this
   * kind.
   */
  lookup(
    pool: Sql,
    localPart: string,
    secretKey: string,
  ): Promise<Omit<Recipient, "handler"> | null>;
  /** Handles a mail within the transaction that marks it as read. May run more than once. */
  receive(scope: Scope, mail: Received, tools: Tools): Promise<void>;
}

/** A user's own address for copies and forwards. */
const ownAddresses: InboundHandler = {
  name: "address",
  async lookup(pool, localPart) {
    if (!/^[a-z0-9]{16}$/.test(localPart)) return null;
    const found = await inboundAddresses.route(pool, localPart);
    return found && { tenantId: found.tenantId, sourceId: found.id };
  },
  async receive(scope, { sourceId, receivedAt, size, raw, contents, verdicts }, { config }) {
    const { userId } = await inboundAddresses.find(scope, sourceId);
    const domain = config.inbound?.domain;
    const store = { ...config, verdicts };
    const arrival = { contents, key: keyOf(raw), receivedAt, size, userId, domain, store };
    await arrivals.take(scope, { ...arrival, way: "address" });
  },
};

/** Every kind of address, in the order in which they are asked. */
export const handlers: readonly InboundHandler[] = [
  ownAddresses,
  officerAddresses,
  privacyAddresses,
  returnAddresses,
];

/** The recipient behind an address of ours, or null if nobody has it. */
export async function recipientOf(
  pool: Sql,
  localPart: string,
  secretKey: string,
): Promise<Recipient | null> {
  const plain = localPart.toLowerCase().replace(/\+.*$/s, "");
  for (const { name, lookup } of handlers) {
    const found = await lookup(pool, plain, secretKey);
    if (found) return { ...found, handler: name };
  }
  return null;
}
