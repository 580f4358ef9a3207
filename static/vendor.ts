/** Copies htmx and the icons in use out of their packages into static/vendor: `deno task vendor`. */

import { iconNames } from "../views/ui/icon.tsx";

const packages = new URL("../node_modules/", import.meta.url);
const vendor = new URL("vendor/", import.meta.url);

const read = (name: string) => Deno.readTextFile(new URL(name, packages));
const write = (name: string, text: string) => Deno.writeTextFile(new URL(name, vendor), text);

/** The drawing inside one icon's file, with its own frame taken off. */
async function symbol(name: string): Promise<string> {
  const svg = await read(`lucide-static/icons/${name}.svg`);
  const drawing = svg.slice(svg.indexOf(">", svg.indexOf("<svg")) + 1, svg.lastIndexOf("</svg>"));
  return `<symbol id="${name}" viewBox="0 0 24 24">${drawing.replaceAll(/\s*\n\s*/g, "")}</symbol>`;
}

await Deno.mkdir(vendor, { recursive: true });
const { version } = JSON.parse(await read("htmx.org/package.json"));
const script = await read("htmx.org/dist/htmx.min.js");
await write(`htmx-${version}.min.js`, script.replace(/\n?\/\/# sourceMappingURL=.*\s*$/, "\n"));
await write("htmx.LICENSE.txt", await read("htmx.org/LICENSE"));

const symbols = await Promise.all(iconNames.map(symbol));
await write(
  "icons.svg",
  `<svg xmlns="http://www.w3.org/2000/svg">\n<!-- Lucide, ISC: icons.LICENSE.txt -->\n` +
    `${symbols.join("\n")}\n</svg>\n`,
);
await write("icons.LICENSE.txt", await read("lucide-static/LICENSE"));
console.log(`htmx ${version}, ${symbols.length} icons`);
