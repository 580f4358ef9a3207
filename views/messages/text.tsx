/** The text of a mail for reading: links to follow, old quotations folded away. */
import type { View } from "../view.ts";

/** The lines under which mail programs put the mail that is answered. */
const openings = [
  /^[-_]{2,}\s*(?:urspr[üu]ngliche|original)\s*(?:nachricht|message)\s*[-_]*\s*$/i,
  /^(?:am|on)\s.{5,200}\s(?:schrieb|wrote)\b.{0,200}:\s*$/i,
  /^(?:von|from):\s.{1,300}$/i,
];
const followers = /^(?:gesendet|sent|datum|date|an|to|betreff|subject):/i;

/** A mail's own words, and what it quotes below them. */
function parted(text: string): { own: string; quoted: string } {
  const lines = text.split("\n");
  const at = lines.findIndex((line, index) => {
    const bare = line.trim();
    if (bare.startsWith(">")) return lines.slice(index).every((rest) => /^\s*(>|$)/.test(rest));
    const opening = openings.findIndex((pattern) => pattern.test(bare));
    // A sentence may begin with Von: only with its companions is it a head.
    return opening >= 0 &&
      (opening < 2 ||
        lines.slice(index + 1, index + 4).some((next) => followers.test(next.trim())));
  });
  const own = at < 0 ? text : lines.slice(0, at).join("\n");
  // A mail that only passes something on has no words of its own: then all is shown.
  if (at < 0 || own.trim() === "") return { own: text, quoted: "" };
  return { own, quoted: lines.slice(at).join("\n") };
}

/** Without characters that turn the reading direction. */
const address = /https?:\/\/[^\s<>"'()[\]{}\u200e\u200f\u202a-\u202e\u2066-\u2069]{3,2000}/g;

/** Whether an address begins, to the eye, with the host that it leads to. */
const isPlain = (href: string): boolean =>
  href.toLowerCase().split(/[/?#]/)[2] === new URL(href).host;

/**
 * Text with its web addresses as links that reveal nothing to the other side; the host follows where
 * a name before it or letters of other alphabets make it look like another. What turns the text
 * around an address does not turn the address.
 */
const Linked = ({ text }: { text: string }) => {
  const parts: (string | { href: string })[] = [];
  let from = 0;
  for (const found of text.matchAll(address)) {
    const href = found[0].replace(/(?<![.,;:!?])[.,;:!?]+$/, "");
    if (!URL.canParse(href)) continue;
    parts.push(text.slice(from, found.index), { href });
    from = found.index + href.length;
  }
  parts.push(text.slice(from));
  return (
    <>
      {parts.map((part) =>
        typeof part === "string" ? part : (
          <>
            <a dir="ltr" href={part.href} target="_blank" rel="noopener noreferrer nofollow">
              {part.href}
            </a>
            {isPlain(part.href) ? null : <small dir="ltr">{` (${new URL(part.href).host})`}</small>}
          </>
        )
      )}
    </>
  );
};

/** The text, its quotation folded. */
export const MessageText = ({ view, text }: { view: View; text: string }) => {
  const { own, quoted } = parted(text);
  if (text.trim() === "") return <p class="hint">{view.t("messages.no_text")}</p>;
  return (
    <>
      <p class="prose message-text">
        <Linked text={own.trim()} />
      </p>
      {quoted
        ? (
          <details class="fold message-quote">
            <summary>{view.t("messages.quoted")}</summary>
            <p class="prose message-text">
              <Linked text={quoted.trim()} />
            </p>
          </details>
        )
        : null}
    </>
  );
};
