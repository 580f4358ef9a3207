/** Recognises what a company's gateway writes into a mail from outside, above or below its text. */

/** `[EXTERN]`, `[EXTERNAL EMAIL]` in front of a text, or alone on a line. */
const tag =
  /^[\s*_]*[[({<](?:ext|extern(?:e|er|es|al)?)(?:[ _:-]{1,3}(?:e-?mail|mail|nachricht|message|sender|absender))?[\])}>][\s*_:]*/i;
/** Only the name of it; Proofpoint puts hidden marks around. */
const bare =
  /^[\s*_]*extern(?:e|er|al)?(?: (?:e-?mail|mail|nachricht|message|sender|absender))?[\s*_:!.]*$|^ZjQcmQ\w{1,40}$/i;

/** How a banner begins. */
const start =
  /^[\s*_>[(⚠\ufe0f!-]*(?:(?:achtung|vorsicht|warnung|hinweis|sicherheitshinweis|caution|warning|attention|notice|security notice|extern(?:e|er|al)?(?: (?:e-?mail|mail|nachricht|message|sender|absender))?)[\s*_:!.\])–—-]{1,8}){0,3}(?:extern(?:e|er|al) (?:e-?mail|sender|absender)\s?[:!–—-]|dieser? (?:e-?mail|mail|nachricht) (?:kommt|kam|stammt|wurde|ist)\b.{0,80}(?:extern|au(?:ß|ss)erhalb)|this (?:e-?mail|message|mail) (?:originated|originates|came|comes|was|is|has)\b.{0,60}(?:outside|external)|sie erhalten nicht (?:oft|häufig) e-?mails? von\b|you don['’]t often get e-?mail from\b)/i;

/** What the next lines of a banner say. */
const advice =
  /^[\s*_-]*(?:bitte )?(?:klicken sie (?:bitte )?(?:nicht|keine|nur)|öffnen sie (?:bitte )?(?:keine|nur|nicht)|(?:do not|don['’]t|never) (?:click|open|reply)|please (?:do not|don['’]t) (?:click|open)|seien sie (?:vorsichtig|achtsam)|be careful|exercise caution|use caution|think before|erfahren sie, warum|learn why)(?!\p{L})/iu;

/** A line this long was probably broken only because of its width. */
const broken = 40;

/** The lines without banners; lines that are an order (`kept`) always stay. */
export function withoutBanners(
  lines: readonly string[],
  kept: (line: string) => boolean,
): string[] {
  const found: string[] = [];
  let last: string | null = null;
  for (const each of lines) {
    const line = each.replace(tag, "");
    const wraps = last !== null && last.length >= broken && !/[.!?][\s*_\])]*$/.test(last);
    const inBanner = bare.test(line) || start.test(line) ||
      last !== null && line !== "" && !kept(line) && (wraps || advice.test(line));
    if (inBanner) {
      last = line;
      continue;
    }
    last = null;
    if (line !== "" || each === "") found.push(line);
  }
  return found;
}
