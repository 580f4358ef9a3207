/** Checks each page as it was sent, once a day: nothing in it may be loaded from elsewhere (4.3). */
import { addDays, dayOf, instantOf } from "../db/local_times.ts";
import * as figures from "../db/measure_figures.ts";
import { pattern } from "./access.ts";
import { web } from "./web.tsx";

/** Attributes that make a browser load or send something by itself; links wait for a click. */
const loading = /<(?!a\b|area\b)([a-z][\w-]*)\b(?:[^>"']|"[^"]*"|'[^']*')*?>/gi;
const attribute =
  /\s(src|srcset|href|xlink:href|action|formaction|poster|data|background|ping|style|content|hx-get|hx-post|hx-put|hx-delete|hx-sse|hx-config)\s*=\s*("[^"]*"|'[^']*'|[^\s>]+)/gi;
const inStyle = /url\(\s*["']?([^"')]+)|@import\s+["']([^"']+)/gi;
const absolute =
  /(?:^|[\s,=:'"(;])((?:https?|wss?|ftp):\/\/[^\s,'")]+|\/\/[\w.-]+\.[a-z]{2,}[^\s,'")]*)/gi;
/** Elements whose address is stated, not loaded. */
const told = /^(link rel="?(canonical|alternate|license|author)\b)/i;

/** What in a page's markup would load from another origin without a click. */
export function foreignReferences(markup: string, origin: string): string[] {
  const found: string[] = [];
  const look = (text: string) => {
    for (const [, address] of text.replaceAll("&amp;", "&").matchAll(absolute)) {
      const url = URL.parse(address!.startsWith("//") ? `https:${address}` : address!);
      if (url && url.origin !== origin) found.push(url.href);
    }
  };
  for (const [tag, name] of markup.matchAll(loading)) {
    if (told.test(tag.slice(1))) continue;
    for (const [, key, value] of tag.matchAll(attribute)) {
      // A name or a description may hold an address; only a refresh goes there.
      if (key!.toLowerCase() === "content" && !/http-equiv/i.test(tag)) continue;
      if (key!.toLowerCase() === "data" && name!.toLowerCase() !== "object") continue;
      look(` ${value!.replace(/^["']|["']$/g, "")}`);
    }
  }
  for (const [, css] of markup.matchAll(/<style\b[^>]*>([\s\S]*?)<\/style>/gi)) {
    for (const [, url, sheet] of css!.matchAll(inStyle)) look(` ${url ?? sheet}`);
  }
  return found;
}

/** Looks at the first page of each route on each day, in each process. */
export const lookAtPages = () => {
  let until = new Date(0);
  const seen = new Set<string>();
  return web.createMiddleware(async (c, next) => {
    await next();
    const type = c.res.headers.get("Content-Type") ?? "";
    if (c.req.method !== "GET" || c.res.status !== 200 || !type.startsWith("text/html")) return;
    const at = c.get("view").now;
    if (at >= until) {
      until = instantOf(addDays(dayOf(at), 1));
      seen.clear();
    }
    const route = pattern(c);
    if (seen.has(route)) return;
    seen.add(route);
    const { config, pool, log } = c.get("services");
    const markup = await c.res.clone().text();
    const found = foreignReferences(markup, new URL(config.baseUrl).origin);
    if (found.length > 0) {
      log.warn("a page refers to somebody else", { route, count: found.length });
    }
    await figures.recordPage(pool, route, found.length).catch((error) => {
      seen.delete(route);
      log.error("a look at a page was not kept", error, { route });
    });
  });
};
