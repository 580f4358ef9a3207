/** What the text of a mail from strangers leads to, and what readers see of that. */
import { deepEqual, match } from "node:assert/strict";
import { MessageText } from "../../views/messages/text.tsx";
import { viewOf } from "./gallery.tsx";

const view = viewOf({ asset: (name) => `/static/${name}`, path: "/messages" });
const hostsIn = (text: string) =>
  [...String(<MessageText view={view} text={text} />).matchAll(/<small dir="ltr"> \(([^()<]+)\)/g)]
    .map(([, host]) => host);

Deno.test("an address that seems to lead elsewhere is followed by the host it leads to", () => {
  const text =
    "Bitte https://sparkasse.example@evil.example/anmelden oder https://sp\u0430rkasse.example.";
  deepEqual(hostsIn(text), ["evil.example", "xn--sprkasse-26g.example"]);
  deepEqual(hostsIn("https://sparkasse.example\\@evil.example"), ["sparkasse.example"]);
});

Deno.test("an address that is what it seems stays alone", () => {
  const text = "Siehe https://www.Kunde.example:8443/a?b=1 und http://kunde.example. Danke!";
  deepEqual(hostsIn(text), []);
  match(String(<MessageText view={view} text={text} />), /href="http:\/\/kunde\.example"/);
});

Deno.test("text that is turned around an address does not turn the address", () => {
  const [turned, within] = [
    "\u202Ehttps://evil.example/elpmaxe.knab//:sptth",
    "https://evil.example/\u202Eknab",
  ].map((text) => String(<MessageText view={view} text={text} />));
  match(turned!, /<a dir="ltr" href="https:\/\/evil\.example\/elpmaxe\.knab\/\/:sptth"/);
  match(within!, />https:\/\/evil\.example\/<\/a>/);
});
