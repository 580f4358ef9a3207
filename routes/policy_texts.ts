/** The policy put together for a page: both languages, with the current facts. */
import { NotFound } from "../db/errors.ts";
import { clauses, type Section, type Texts } from "../db/policies/clauses.ts";
import { facts, listProcessors } from "../db/policies/facts.ts";
import type { Content } from "../db/policies.ts";
import * as providers from "../db/provider.ts";
import { formatter } from "../views/format.ts";
import { type Locale, translator } from "../views/i18n/translate.ts";
import { compose } from "../views/policies/content.ts";
import type { Ctx } from "./web.tsx";

/** The whole content that these words make now. Throws NotFound while nothing is set up. */
export async function contentOf(c: Ctx, texts: Texts): Promise<Content> {
  const provider = await providers.lookup(c.var.services.pool);
  if (!provider) throw new NotFound("provider");
  const stated = facts(await listProcessors(c.var.services.pool));
  const source = { numbers: clauses, provider, facts: stated, texts };
  const of = (locale: Locale) =>
    compose(source, {
      locale,
      t: translator(locale),
      format: formatter(locale, c.var.view.now),
    });
  return { de: of("de"), en: of("en"), facts: stated };
}

/** The sections in the reader's language. */
export async function preview(c: Ctx, texts: Texts): Promise<Section[]> {
  return (await contentOf(c, texts))[c.var.view.locale];
}
