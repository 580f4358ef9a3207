/** E-mail addresses: which are taken, and how they are cut out of other text. */

import { deepEqual, equal } from "node:assert/strict";
import * as emailAddresses from "../../db/email_addresses.ts";

const suite = new URL("../data/samples/edge/isemail_tests-original.xml", import.meta.url);

/** The suite's cases: address and category. */
function cases(): [string, string][] {
  const entities: Record<string, string> = { lt: "<", gt: ">", quot: '"', amp: "&", apos: "'" };
  const plain = (xml: string) =>
    xml.replace(/&#x([0-9a-f]+);/gi, (_, hex) => String.fromCodePoint(parseInt(hex, 16)))
      .replace(/&(lt|gt|quot|amp|apos);/g, (_, name: string) => entities[name] ?? "")
      .replace(/[\u2400-\u241f]/g, (symbol) => String.fromCharCode(symbol.charCodeAt(0) - 0x2400));
  const xml = Deno.readTextFileSync(suite);
  return [...xml.matchAll(/<test id="\d+">(.*?)<\/test>/gs)].map(([, test = ""]) => [
    plain(/<address>(.*?)<\/address>/s.exec(test)?.[1] ?? ""),
    /<category>(.*?)</.exec(test)?.[1] ?? "",
  ]);
}

Deno.test("valid addresses of the isemail suite are taken, faulty ones are not", () => {
  const all = cases();
  equal(all.length, 279);
  for (const [address, category] of all) {
    if (/VALID_CATEGORY|DNSWARN/.test(category)) {
      equal(emailAddresses.isValid(address), true, address);
    }
    if (/_ERR$/.test(category)) equal(emailAddresses.isValid(address), false, address);
  }
});

Deno.test("umlauts are allowed on both sides, blanks and lone names are not", () => {
  equal(emailAddresses.isValid("jörg@müller.example"), true);
  for (const text of ["jörg", "a b@c.example", "a@b", "a@1.2.3.4", "@b.example", "a@b..example"]) {
    equal(emailAddresses.isValid(text), false, text);
  }
});

Deno.test("a domain is one, by its letters or by what name servers know it as", () => {
  const { readable } = emailAddresses;
  equal(readable("info@xn--mller-kva.example"), "info@müller.example");
  equal(readable("Jörg@mail.XN--STRAE-OQA.example"), "Jörg@mail.straße.example");
  equal(readable("info@müller.example"), "info@müller.example");
  equal(readable("xn--mller-kva@b.example"), "xn--mller-kva@b.example");
  // No letters behind it, or nothing at all: it stays what mail can be sent to.
  equal(readable("a@xn--i-7iq.example"), "a@xn--i-7iq.example");
  equal(readable("a@xn--a.example"), "a@xn--a.example");
});

Deno.test("the address is found inside a name, a link or quotes", () => {
  equal(emailAddresses.clean("Max Muster <Max@Muster.Example>"), "Max@muster.example");
  equal(emailAddresses.clean("mailto:max@muster.example?subject=Hallo"), "max@muster.example");
  equal(emailAddresses.clean(" 'max@muster.example'; "), "max@muster.example");
});

Deno.test("a cell may hold several addresses", () => {
  deepEqual(emailAddresses.split("a@b.example; c@d.example"), ["a@b.example", "c@d.example"]);
  deepEqual(emailAddresses.split("a@b.example ::: c@d.example"), ["a@b.example", "c@d.example"]);
  deepEqual(emailAddresses.split('"Muster, Max" <a@b.example>, Eva <c@d.example>'), [
    "a@b.example",
    "c@d.example",
  ]);
});

Deno.test("a domain whose parts mix look-alike scripts is spelled as name servers know it", () => {
  const { unmixed } = emailAddresses;
  equal(unmixed("eva@p\u0430ypal.example"), "eva@xn--pypal-4ve.example");
  equal(unmixed("eva@mail.\u03bfffice.example"), "eva@mail.xn--ffice-qce.example");
  // One script to a part, or scripts that nobody confuses: as people write it.
  for (const domain of ["müller.example", "почта.example", "αθήνα.example", "東京tokyo.example"]) {
    equal(unmixed(`eva@${domain}`), `eva@${domain}`);
  }
  equal(unmixed("p\u0430ypal@muster.example"), "p\u0430ypal@muster.example");
});
