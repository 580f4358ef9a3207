/** The log files as they age: addresses shortened after 7 days, everything gone after 90. */
import { join } from "node:path";

/**
 * Age in days at which a night's run shortens an access log: its oldest line would pass the 7 days
 * (privacy policy 3.1; BGH III ZR 391/13) before the next night.
 */
const wholeAddressDays = 6;
/** Days after which a log file is deleted (policy 5.1). */
const keptDays = 90;

const named = /^(app|access|postgres)[a-z-]*-(\d{4}-\d{2}-\d{2})(\.short)?\.(jsonl|log)$/;

/** The first three bytes of an IPv4 address, the first 48 bits of an IPv6 one; the rest is zero. */
export function shortenAddress(ip: string): string {
  const v4 = /(?:^|:)(\d{1,3}\.\d{1,3}\.\d{1,3})\.\d{1,3}$/.exec(ip);
  if (v4) return `${v4[1]}.0`;
  const [head = "", tail] = ip.split("::", 2);
  const groups = head.split(":").filter(Boolean);
  const rest = (tail ?? "").split(":").filter(Boolean);
  while (tail !== undefined && groups.length + rest.length < 8) groups.push("0");
  return `${[...groups, ...rest].slice(0, 3).join(":")}::`;
}

/**
 * Ages the files of a log folder as of a day (`YYYY-MM-DD`); returns how many were shortened and
 * removed. A file is replaced whole, so a kill in between leaves the old or the new one.
 */
export async function ageLogs(
  folder: string,
  today: string,
): Promise<{ shortened: number; removed: number }> {
  const counts = { shortened: 0, removed: 0 };
  for (const { name } of await files(folder)) {
    const [, stream, day = "", done] = named.exec(name)!;
    const age = daysBetween(day, today);
    if (age > keptDays) {
      await Deno.remove(join(folder, name));
      counts.removed++;
    } else if (stream === "access" && !done && age >= wholeAddressDays) {
      await shorten(folder, name);
      counts.shortened++;
    }
  }
  return counts;
}

async function files(folder: string): Promise<Deno.DirEntry[]> {
  const found: Deno.DirEntry[] = [];
  for await (const entry of Deno.readDir(folder)) {
    if (entry.isFile && named.test(entry.name)) found.push(entry);
  }
  return found;
}

async function shorten(folder: string, name: string): Promise<void> {
  const text = await Deno.readTextFile(join(folder, name));
  const short = text.replace(/"ip":"([^"]*)"/g, (_, ip) => `"ip":"${shortenAddress(ip)}"`);
  const target = join(folder, name.replace(/\.jsonl$/, ".short.jsonl"));
  await Deno.writeTextFile(`${target}.new`, short, { mode: 0o600 });
  await Deno.rename(`${target}.new`, target);
  await Deno.remove(join(folder, name));
}

function daysBetween(day: string, today: string): number {
  return Temporal.PlainDate.from(day).until(Temporal.PlainDate.from(today)).days;
}
