/** What a received mail means for the tenant: its direction, its sender, its time and the others. */
import type { Arrival } from "../arrivals.ts";
import type { Direction } from "../messages.ts";
import type { MailFile } from "../received_mails/contents.ts";
import { isForward, originalSender } from "../received_mails/forwards.ts";
import type { MailAddress } from "../received_mails/headers.ts";
import { writerOf } from "../received_mails/writers.ts";
import type { Scope } from "../scope.ts";
import * as people from "./people.ts";

/** Milliseconds that a sender's clock may be ahead of ours. */
const ahead = 3_600_000;

/** A mail as it concerns the tenant. */
export interface Mail {
  /** The mails that it only forwards; if there are any, they are kept instead of it. */
  attached: readonly MailFile[];
  direction: Direction;
  from: MailAddress | null;
  subject: string;
  at: Date;
  /** Everybody on the mail except the tenant itself. */
  others: MailAddress[];
}

/** Who wrote a mail to whom, and when, as far as it concerns the tenant. */
export async function understand(scope: Scope, arrival: Arrival): Promise<Mail> {
  const { contents, receivedAt, way, domain, userId } = arrival;
  const { to, cc } = contents;
  const writer = way === "sent" ? contents.from : writerOf(contents);
  const addressed = [...to, ...cc].map(({ address }) => address);
  const named = [writer, contents.from].filter((each) => each !== null);
  const own = await people.own(scope, [...named.map(({ address }) => address), ...addressed]);
  const ours = ({ address }: MailAddress) =>
    own.has(address.toLowerCase()) ||
    (domain !== undefined && address.toLowerCase().endsWith(`@${domain}`));
  // A program that directs replies to the tenant does not write on the tenant's behalf.
  const from = writer && ours(writer) ? contents.from : writer;
  if (way === "address" && from && userId) {
    const { address } = from;
    if (await people.isAlias(scope, userId, address, addressed)) own.add(address.toLowerCase());
  }
  const others = [...(from ? [from] : []), ...to, ...cc].filter((each) => !ours(each));
  const { sentAt } = contents;
  const at = sentAt && sentAt.getTime() <= receivedAt.getTime() + ahead ? sentAt : receivedAt;
  const mail = { attached: [], from, subject: contents.subject, at, others };
  const fromUs = way === "sent" || (from !== null && ours(from));
  if (way === "address" && fromUs && others.length === 0) {
    const attached = contents.files.filter(({ mediaType }) => mediaType === "message/rfc822");
    if (attached.length > 0 && contents.incomplete === null) {
      return { ...mail, attached, direction: "in" };
    }
    const sender = isForward(contents.subject) ? originalSender(contents.text) : null;
    if (sender && !ours(sender)) {
      return { ...mail, direction: "in", from: sender, others: [sender] };
    }
  }
  return { ...mail, direction: fromUs ? "out" : "in" };
}
