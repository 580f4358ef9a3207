/** Names with a mail address behind them, as mail programs write them and as links hide it. */

const addressed = /^"?([^"<>@]{2,200}?)"? ?<([^<>@\s]{1,64}@[^<>\s]{3,200})>$/;

/** The parts of `Eva Groß <eva@x.example>`; null for anything else. */
export function parted(text: string): { name: string; address: string } | null {
  const [, name, address] = text.endsWith(">") ? addressed.exec(text) ?? [] : [];
  return name && address && /\p{L}/u.test(name) ? { name: name.trim(), address } : null;
}

/** A link to a mailbox in the text of a cell. */
export interface Link {
  from: number;
  to: number;
  address: string;
}

/** What links say that name nobody: "E-Mail schreiben". */
const invitation =
  /^(?:(?:e-?)?mail(?:adresse)?|kontakt(?:ieren)?|nachricht|(?:an)?schreiben|senden|contact|message|write)(?: (?:an .{1,40}|schreiben|senden|schicken|aufnehmen|us|me|an? ?e-?mail))?\W*$/i;

/** The address to which a link writes; empty for a link to anything else. */
export const mailOf = (href: string): string =>
  /^mailto:([^\s?<>"',;@]{1,64}@[^\s?<>"',;]{3,254})/i.exec(href)?.[1] ?? "";

/**
 * How a cell reads that is nothing but a link to a mailbox: by its words with the address behind
 * them, or only by the address. Other cells, numbers and pictures read as without the link.
 */
export function withAddress(text: string, said: string, link: Link | null): string {
  if (!link || link.address === "" || said.includes("@") || !/\p{L}{2}/u.test(said)) return said;
  const beside = text.slice(0, link.from) + text.slice(link.to);
  if (beside.replaceAll("\u0001", "").trim() !== "") return said;
  return invitation.test(said.trim()) ? link.address : `${said} <${link.address}>`;
}
