/** Names with a mail address behind them, as mail programs write them and links are read. */

const addressed = /^"?([^"<>@]{2,200}?)"? ?<([^<>@\s]{1,64}@[^<>\s]{3,200})>$/;

/** The parts of `Eva Groß <eva@x.example>`; null for anything else. */
export function parted(text: string): { name: string; address: string } | null {
  const [, name, address] = text.endsWith(">") ? addressed.exec(text) ?? [] : [];
  return name && address && /\p{L}/u.test(name) ? { name: name.trim(), address } : null;
}
