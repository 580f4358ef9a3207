/** What every mail looks like: the same words as text and as plain, accessible HTML. */
import { type Locale, translator } from "../i18n/translate.ts";
import { doctype } from "../markup.ts";
import { requestsPath } from "../requests/paths.ts";

/** A mail ready to be stored and sent. */
export interface Letter {
  subject: string;
  text: string;
  html: string;
}

interface Link {
  label: string;
  url: string;
}

export interface LetterParts {
  locale: Locale;
  subject: string;
  /** The person greeted; without a name the greeting is general. */
  name?: string;
  paragraphs: readonly string[];
  /** The one link, if there is something to do. */
  action?: Link;
  /** Several things to do, each with its links. */
  tasks?: readonly { title: string; links: readonly Link[] }[];
  /** Lines printed verbatim. */
  lines?: readonly string[];
  /** What is said after the link. */
  closing?: readonly string[];
  /** The controller whose letter to a person it is, if not the provider. */
  sender?: Sender;
  baseUrl: string;
}

interface Sender {
  controller: string;
  /** Its short name in addresses; null for the provider. */
  slug: string | null;
}

/** Who sent a letter for whom, and where that controller says what it does with the data. */
function footerOf(
  { locale, baseUrl, sender }: Pick<LetterParts, "locale" | "baseUrl" | "sender">,
): { words: string } & Link {
  const t = translator(locale);
  const { host } = new URL(baseUrl);
  if (!sender || sender.slug === null) {
    const url = `${baseUrl}/privacy`;
    return { words: t("mails.footer", { host }), label: t("layout.privacy"), url };
  }
  const { controller, slug } = sender;
  return {
    words: t("mails.footer_for", { host, controller }),
    label: t("mails.footer_rights", { controller }),
    url: `${baseUrl}${requestsPath(slug)}/new`,
  };
}

/** The letter in both forms. */
export function letter(parts: LetterParts): Letter {
  const { locale, subject, name, paragraphs, action } = parts;
  const { tasks = [], lines = [], closing = [] } = parts;
  const t = translator(locale);
  const greeting = name ? t("mails.greeting", { name }) : t("mails.greeting_nobody");
  const footer = footerOf(parts);
  const text = [
    greeting,
    ...paragraphs,
    ...(action ? [`${action.label}:\n${action.url}`] : []),
    ...tasks.map(({ title, links }) =>
      [title, ...links.map(({ label, url }) => `  ${label}:\n  ${url}`)].join("\n")
    ),
    ...(lines.length > 0 ? [lines.join("\n")] : []),
    ...closing,
    `-- \n${footer.words}\n${footer.label}: ${footer.url}`,
  ].join("\n\n");
  const markup = (
    <html lang={locale}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <meta name="color-scheme" content="light dark" />
        <title>{subject}</title>
      </head>
      <body style="overflow-wrap: anywhere">
        <p>{greeting}</p>
        {paragraphs.map((each) => <p>{each}</p>)}
        {action
          ? (
            <p>
              <a href={action.url}>{action.label}</a>
              <br />
              {action.url}
            </p>
          )
          : null}
        {tasks.map(({ title, links }) => (
          <>
            <p>
              <strong>{title}</strong>
            </p>
            {links.length > 0
              ? (
                <ul>
                  {links.map(({ label, url }) => (
                    <li>
                      <a href={url}>{label}</a>
                    </li>
                  ))}
                </ul>
              )
              : null}
          </>
        ))}
        {lines.length > 0
          ? (
            <p>
              {lines.map((line, index) =>
                index === 0 ? line : (
                  <>
                    <br />
                    {line}
                  </>
                )
              )}
            </p>
          )
          : null}
        {closing.map((each) => <p>{each}</p>)}
        <hr />
        <p>
          <small>
            {footer.words}
            <br />
            <a href={footer.url}>{footer.label}</a>
          </small>
        </p>
      </body>
    </html>
  );
  return { subject, text: `${text}\n`, html: `${doctype}${markup}` };
}
