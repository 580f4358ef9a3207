/** What documents of the provider have in common: title, author, language, day, footer. */
import type { Provider } from "../db/provider.ts";
import type { View } from "../views/view.ts";

/** The frame of a document with this title, made now; without a provider nobody is named. */
export function frameOf(view: View, provider: Provider | null, title: string) {
  const author = provider?.name ?? "";
  return {
    title,
    author,
    lang: view.locale,
    sub: view.format.date(view.now),
    footer: `${author} · ${title}`,
  };
}
