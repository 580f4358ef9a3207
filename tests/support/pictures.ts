/** The pages shown in the help, and the parts of a page that do not depend on its data. */

/// <reference lib="dom" />

import type { Page } from "playwright-core";
import { pictured, size } from "../../views/help/pictures.ts";
import type { Topic } from "../../views/help/topics.ts";
import { desk, type Product } from "./server.ts";

/** Where the shapes of the pages at the time of the pictures are stored. */
export const shapesFile = new URL("../../static/help/shapes.json", import.meta.url);

const view = { ...desk, viewport: { width: size.width, height: 900 } };

const pages: Partial<Record<Topic, string>> = {
  imports: "/imports/new",
  deals: "/deals/board",
  offers: "/settings/offers",
  activities: "/activities",
  mail: "/inbox",
  requests: "/settings/requests/new",
  privacy: "/settings/retention",
  settings: "/settings/team",
};

/** Visits the pages, logged in and with sample data, in one language. */
export async function visit(
  product: Product,
  locale: "de" | "en",
  work: (topic: Topic, page: Page) => Promise<void>,
): Promise<void> {
  const page = await product.openSignedIn("/contacts", view);
  const persons = await page.evaluate(() =>
    [...document.querySelectorAll<HTMLAnchorElement>("main tbody a[href^='/contacts/']")]
      .map((link) => [link.pathname.split("/")[2]!, link.textContent!.trim()] as const)
  );
  const one = persons[0]![0];
  const [left, right] = twinsOf(persons);
  const made: Partial<Record<Topic, string>> = {
    contacts: `/contacts/${one}`,
    duplicates: `/merges/new?kind=contact&ids=${left}&ids=${right}`,
  };
  const speak = (language: string) =>
    page.context().request.post(`${product.url}/account/language`, {
      form: { locale: language, back: "/start" },
      headers: { Origin: product.url, "Sec-Fetch-Site": "same-origin" },
    });
  await speak(locale);
  for (const topic of pictured) {
    await page.goto(product.url + (pages[topic] ?? made[topic]!));
    await work(topic, page);
  }
  await speak("de");
  await page.context().close();
}

/** Persons who are in the list twice, with umlauts written out or not. */
function twinsOf(persons: readonly (readonly [id: string, name: string])[]): string[] {
  const plain = (name: string) =>
    name.toLowerCase().replace(/[äöü]/g, (letter) => ({ ä: "ae", ö: "oe", ü: "ue" })[letter]!)
      .replaceAll("ß", "ss");
  const same = new Map<string, Set<string>>();
  for (const [id, name] of persons) {
    if (name !== "") same.set(plain(name), (same.get(plain(name)) ?? new Set()).add(id));
  }
  const pair = [...same.values()].find((ids) => ids.size > 1);
  if (!pair) throw new Error("nobody is in the sample data twice");
  return [...pair];
}

/** Where a picture begins: below the head, and below the navigation of the settings. */
export async function topOf(page: Page): Promise<number> {
  const settings = page.locator("main > .settings-nav");
  const above = await settings.count() > 0 ? await settings.boundingBox() : null;
  return above ? above.y + above.height : (await page.locator("main").boundingBox())!.y;
}

/**
 * The words of a page that do not depend on its data: headings, names of fields and columns,
 * buttons, links. A picture is up to date as long as these are the same.
 */
export function shapeOf(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const main = document.querySelector("main")!;
    const said = "h2, th, label, legend, button, dt, summary, .page-actions a";
    const data =
      "td, tbody th, .count, .menu ul, .timeline, .cards, .lines, [hidden], .visually-hidden";
    const words = [...main.querySelectorAll(said)]
      .filter((each) => !each.closest(data))
      .map((each) => {
        const copy = each.cloneNode(true) as Element;
        for (const inner of copy.querySelectorAll(data)) inner.remove();
        return copy.textContent!.replace(/\s+/g, " ").trim();
      });
    return [...new Set(words)].filter((text) => text !== "" && !/\d/.test(text));
  });
}
