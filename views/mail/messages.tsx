/** What becomes of a text that a user typed: the same words as plain, accessible HTML. */
import { translator } from "../i18n/translate.ts";
import { doctype } from "../markup.ts";
import type { Letter } from "./letter.tsx";

type Language = "de" | "en";

/** Links that a reader can follow; nothing else in a typed text is more than text. */
const link = /(https?:\/\/[^\s<>"]*[^\s<>".,;:!?)\]])/;

const Words = ({ text }: { text: string }) => (
  <>
    {text.split(link).map((part, i) => i % 2 === 1 ? <a href={part}>{part}</a> : part)}
  </>
);

const Lines = ({ lines }: { lines: readonly string[] }) => (
  <>
    {lines.map((line, i) => (
      <>
        {i > 0 ? <br /> : null}
        <Words text={line} />
      </>
    ))}
  </>
);

type Kind = "text" | "list" | "quote";
interface Block {
  kind: Kind;
  lines: string[];
}

/** The maximum depth of nested quotations; deeper ones stay as plain text. */
const deepest = 8;

const kindOf = (line: string): Kind =>
  line.startsWith(">") ? "quote" : /^[-*•] /.test(line) ? "list" : "text";

/** Paragraphs parted by empty lines; lines with `> ` are quotations, such with `- ` a list. */
function blocks(text: string): Block[] {
  const found: Block[] = [];
  let apart = true;
  for (const line of text.split("\n")) {
    const last = found.at(-1);
    if (line.trim() === "") apart = true;
    else if (last && !apart && last.kind === kindOf(line)) last.lines.push(line);
    else {
      found.push({ kind: kindOf(line), lines: [line] });
      apart = false;
    }
  }
  return found;
}

/** A typed text as HTML. */
export const TextBlocks = ({ text, depth = 0 }: { text: string; depth?: number }) => (
  <>
    {blocks(text).map(({ kind, lines }) =>
      kind === "quote" && depth < deepest
        ? (
          <blockquote>
            <TextBlocks
              text={lines.map((line) => line.replace(/^> ?/, "")).join("\n")}
              depth={depth + 1}
            />
          </blockquote>
        )
        : kind === "list"
        ? (
          <ul>
            {lines.map((line) => (
              <li>
                <Words text={line.slice(2)} />
              </li>
            ))}
          </ul>
        )
        : (
          <p>
            <Lines lines={lines} />
          </p>
        )
    )}
  </>
);

/** The parts of a mail, in the order of reading. */
export interface Parts {
  subject: string;
  body: string;
  /** Empty where there is none. */
  signature: string;
  quoted: string;
}

/** The mail in both forms: text, signature, and below what it answers. */
export function messageLetter(
  { subject, body, signature, quoted }: Parts,
  language: Language,
): Letter {
  const own = [body.trim(), ...(signature.trim() ? [`-- \n${signature.trim()}`] : [])].join("\n\n");
  const text = [own, ...(quoted.trim() ? [quoted.trim()] : [])].join("\n\n");
  const markup = (
    <html lang={language}>
      <head>
        <meta charset="utf-8" />
        <title>{subject}</title>
      </head>
      <body>
        <TextBlocks text={body} />
        {signature.trim()
          ? (
            <p>
              <Lines lines={signature.trim().split("\n")} />
            </p>
          )
          : null}
        <TextBlocks text={quoted} />
      </body>
    </html>
  );
  return { subject, text: `${text}\n`, html: `${doctype}${markup}` };
}

/** The letter with the line that Art. 21(4) GDPR asks for, apart from everything else. */
export function withUnsubscription<L extends Letter>(
  letter: L,
  language: Language,
  link: string,
): L {
  const t = translator(language);
  const words = t("unsubscriptions.mail_footer");
  const footer = (
    <>
      <hr />
      <p>
        {words}
        <br />
        <a href={link}>{link}</a>
      </p>
    </>
  );
  const { text, html } = letter;
  const end = html.lastIndexOf("</body>");
  return {
    ...letter,
    text: `${text.trimEnd()}\n\n--------\n${words}\n${link}\n`,
    html: `${html.slice(0, end)}${footer}${html.slice(end)}`,
  };
}
