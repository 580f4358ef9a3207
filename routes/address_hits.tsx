/** Suggestions for the last address of a mail's field: those of its record, then people by name. */
import * as persons from "../db/custom_persons.ts";
import { isId } from "../db/ids.ts";
import { lastOf, read, suggest, written } from "../db/mail_recipients.ts";
import { judge } from "../db/outgoing_gate.ts";
import { kinds } from "../views/messages/form.tsx";
import { type AddressHit, AddressHits } from "../views/messages/recipients.tsx";
import { text } from "./lists.ts";
import type { Ctx } from "./web.tsx";

/** As many as one looks through. */
const most = 10;

/** Suggestions while somebody types into a field of addresses. */
export async function listAddresses(c: Ctx): Promise<Response> {
  const typed = ["to", "cc", "bcc"].map((name) => c.req.query(name)).find(Boolean) ?? "";
  const hits = await hitsOf(c, typed.toWellFormed().slice(0, 4000));
  return c.html(<AddressHits view={c.var.view} q={typed.trim()} hits={hits} />);
}

/** Without duplicates, people already named, and people who must not be written to. */
async function hitsOf(c: Ctx, typed: string): Promise<AddressHit[]> {
  const { scope, services: { config: { secretKey } } } = c.var;
  const last = lastOf(typed);
  if (!last) return [];
  const begun = text(last.begun);
  const known = new Set(read(last.before).addresses.map(({ address }) => address.toLowerCase()));
  const found = [...await ofRecord(c, begun), ...await named(c, begun)]
    .filter(({ address }) => !known.has(address.toLowerCase()) && known.add(address.toLowerCase()))
    .slice(0, most);
  const kind = kinds.find((each) => each === c.req.query("kind")) ?? "correspondence";
  const judged = await judge({ scope, secretKey }, kind, found.map(({ address }) => address));
  return found.filter((_, at) => judged[at]!.bar === null)
    .map((each) => ({ ...each, line: `${last.before}${written([each])}, ` }));
}

/** The matching addresses of the record that the mail was started from. */
async function ofRecord(c: Ctx, begun: string) {
  const id = (name: string) => {
    const value = c.req.query(name) ?? "";
    return isId(value) ? value : null;
  };
  const [contactId, companyId, dealId] = ["contactId", "companyId", "dealId"].map(id);
  if (!contactId && !companyId && !dealId) return [];
  const offered = await suggest(c.var.scope, {
    contactId: contactId!,
    companyId: companyId!,
    dealId: dealId!,
  });
  const wanted = plain(begun);
  return offered.filter(({ name, address }) => plain(`${name} ${address}`).includes(wanted))
    .map(({ name, address }) => ({ name, address }));
}

async function named(c: Ctx, begun: string) {
  if (begun.length < 2) return [];
  const found = await persons.like(c.var.scope, begun);
  return found.flatMap(({ name, email }) => email ? [{ name, address: email }] : []);
}

const plain = (words: string) => words.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
