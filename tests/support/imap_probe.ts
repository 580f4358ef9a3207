/**
 * Run by a test in a process that trusts its certificate: whether the connection is encrypted, and
 * the mails.
 */
import { open } from "../../jobs/mailboxes/connections.ts";

const mailbox = { name: "", address: "", ...JSON.parse(Deno.args[0]!) };
const client = await open(mailbox, false);
const { exists } = await client.mailboxOpen("INBOX");
console.log(client.secureConnection, exists);
await client.logout();
Deno.exit(0);
