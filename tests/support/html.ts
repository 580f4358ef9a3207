/** Reads answers: text as a person sees it, fields as a form would send them. */

/** The text of a page, entities decoded, white space folded. */
export async function text(answer: Response): Promise<string> {
  return decode(
    (await answer.text()).replace(/<(script|style|svg)[\s\S]*?<\/\1>/g, " ").replace(
      /<[^>]+>/g,
      " ",
    ),
  )
    .replace(/\s+/g, " ").trim();
}

/** The entities that the renderer writes, as characters. */
export function decode(html: string): string {
  return html.replace(
    /&(?:(amp|lt|gt|quot)|#(\d+));/g,
    (_, name, number) =>
      name
        ? { amp: "&", lt: "<", gt: ">", quot: '"' }[name as "amp"]!
        : String.fromCodePoint(number),
  );
}

/** Values of all inputs with this name in a page's HTML. */
export function values(html: string, name: string): string[] {
  const inputs = html.match(/<input\b[^>]*>/g) ?? [];
  return inputs.filter((input) => attribute(input, "name") === name)
    .map((input) => attribute(input, "value") ?? "");
}

/** An attribute of a tag's text, decoded. */
export function attribute(tag: string, name: string): string | undefined {
  const found = new RegExp(`\\s${name}="([^"]*)"`).exec(tag);
  return found ? decode(found[1]!) : undefined;
}

/** The last part of the path that an answer redirects to: a record's id. */
export function idOf(answer: Response): string {
  return new URL(answer.headers.get("Location") ?? "/", "http://x").pathname.split("/").at(-1)!;
}

/** What a page's form would send unchanged: inputs, text areas and chosen options of `main`. */
export function formOf(html: string): Record<string, string> {
  const fields: Record<string, string> = {};
  const main = html.slice(html.indexOf("<main"));
  for (const [input] of main.matchAll(/<input\b[^>]*>/g)) {
    const name = attribute(input, "name");
    const ticked = !/type="(checkbox|radio)"/.test(input) || /\schecked/.test(input);
    if (name && ticked) fields[name] = attribute(input, "value") ?? "";
  }
  for (const [tag, body] of main.matchAll(/<textarea\b[^>]*>([\s\S]*?)<\/textarea>/g)) {
    fields[attribute(tag, "name")!] = decode(body!);
  }
  for (const [tag, body] of main.matchAll(/<select\b[^>]*>([\s\S]*?)<\/select>/g)) {
    const options = body!.match(/<option\b[^>]*>/g) ?? [];
    const chosen = options.find((option) => /\sselected/.test(option)) ?? options[0] ?? "";
    fields[attribute(tag, "name")!] = attribute(chosen, "value") ?? "";
  }
  return fields;
}
