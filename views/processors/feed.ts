/** The register's changes as an Atom feed, for readers and for programs. */
import type { Change } from "../../db/processor_changes.ts";
import type { View } from "../view.ts";
import { difference } from "./words.ts";

const escaped = (text: string): string =>
  // What XML cannot hold at all is left out.
  // deno-lint-ignore no-control-regex
  text.replace(/[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, "")
    .replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");

/** The feed; `updated` is the time of the newest change. */
export function atomFeed(
  view: View,
  { baseUrl, author, changes }: { baseUrl: string; author: string; changes: readonly Change[] },
): string {
  const { t } = view;
  const page = `${baseUrl}/privacy/processors`;
  const updated = (changes[0]?.at ?? new Date(0)).toISOString();
  const entries = changes.map((change) => {
    const lines = [
      ...Object.entries(change.differences).map(([name, each]) => difference(view, name, each)),
      ...(change.material
        ? [t("processors.change_effect", { date: view.format.date(change.takesEffectOn) })]
        : []),
      ...(change.reason ? [change.reason] : []),
    ];
    return `  <entry>
    <id>urn:uuid:${change.id}</id>
    <title>${escaped(`${change.processorName}: ${t(`processors.action_${change.action}`)}`)}</title>
    <updated>${change.at.toISOString()}</updated>
    <link href="${escaped(page)}"/>
    <content type="text">${escaped(lines.join("\n"))}</content>
  </entry>`;
  });
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${view.locale}">
  <id>${escaped(page)}</id>
  <title>${escaped(t("processors.feed_title"))}</title>
  <author><name>${escaped(author)}</name></author>
  <updated>${updated}</updated>
  <link rel="self" href="${escaped(`${page}.atom?lang=${view.locale}`)}"/>
  <link href="${escaped(page)}"/>
${entries.join("\n")}
</feed>
`;
}
