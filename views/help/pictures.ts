/** The pictures of the help: taken from the running product by `deno task pictures`. */
import type { Locale } from "../i18n/translate.ts";
import { type Topic, topics } from "./topics.ts";

/** Pixels of all of them: a page below its head. */
export const size = { width: 800, height: 460 } as const;

/** Topics of the command line and of programs, which no page shows. */
const bare: readonly Topic[] = ["api", "backups"];

/** The topics that have a picture. */
export const pictured: readonly Topic[] = topics.filter((topic) => !bare.includes(topic));

/** A topic's picture in a language, as a static file. */
export const pictureOf = (topic: Topic, locale: Locale) => ({
  name: `help/${topic}.${locale}.webp`,
  ...size,
});
