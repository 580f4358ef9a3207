/** Takes the pictures of the help from the running product: `deno task pictures`. */
import { Buffer } from "node:buffer";
import { pictureOf, size } from "../views/help/pictures.ts";
import { shapeOf, shapesFile, topOf, visit } from "./support/pictures.ts";
import { startProduct } from "./support/server.ts";

if (Deno.args.length > 0) {
  console.log("Usage: deno task pictures, without arguments: writes static/help anew");
  Deno.exit(Deno.args[0] === "--help" ? 0 : 2);
}

/** Small, and sharp enough to be read. */
const quality = 40;

const folder = new URL("../static/", import.meta.url);
Deno.mkdirSync(new URL("help/", folder), { recursive: true });
const shapes: Record<string, string[]> = {};
let bytes = 0;
for (const locale of ["de", "en"] as const) {
  // A tenant of its own: stages, templates and samples are made in the language of the set-up.
  await using product = await startProduct();
  await product.setUp({ samples: true, locale });
  await visit(product, locale, async (topic, page) => {
    const session = await page.context().newCDPSession(page);
    const clip = { ...size, x: 0, y: await topOf(page), scale: 1 };
    const options = { format: "webp", quality, clip } as const;
    const { data } = await session.send("Page.captureScreenshot", options);
    const picture = Buffer.from(data, "base64");
    bytes += picture.length;
    Deno.writeFileSync(new URL(pictureOf(topic, locale).name, folder), picture);
    if (locale === "de") shapes[topic] = await shapeOf(page);
  });
}
Deno.writeTextFileSync(shapesFile, `${JSON.stringify(shapes, null, 2)}\n`);
console.log(`${bytes} bytes of pictures`);
