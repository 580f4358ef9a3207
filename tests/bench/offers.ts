/** The paper of an offer, from the request to the last byte: typeset again each time, as a draft's is. */
import assert from "node:assert/strict";
import { elapsed } from "../../db/clock.ts";
import { newId } from "../../db/ids.ts";
import type { Service } from "../runtime/service.ts";
import { post } from "./product.ts";
import type { Measure } from "./report.ts";

/** Lines of the offer: two pages. */
const lines = 20;
/** Papers that are asked for, one after the other. */
const papers = 100;

/** Makes a draft of many lines and asks for its paper again and again. */
export async function setOffers(
  service: Service,
  headers: Record<string, string>,
): Promise<Measure[]> {
  const list = await (await fetch(`${service.url}/deals`, { headers })).text();
  const deal = /\/deals\/[0-9a-f-]{36}/.exec(list)![0];
  const typed = Array.from({ length: lines }, (_, at) => [
    [`items.${at}.name`, `Palettenregal Typ ${at}`],
    [`items.${at}.price`, `${at + 100},95`],
    [`items.${at}.vatRate`, at % 2 ? "19" : "7"],
  ]).flat();
  await post(service, `${deal}/items`, { version: "0", ...Object.fromEntries(typed) }, headers);
  const id = newId();
  await post(service, `${deal}/offers/new`, {
    ...{ id, language: "de", recipient: "Kupferhof GmbH\nAm Markt 1\n20095 Hamburg" },
    ...{ subject: "Angebot", opening: "Guten Tag,", closing: "Gruß", validUntil: "2099-12-31" },
  }, headers);
  const times: number[] = [];
  for (let n = 0; n < papers; n++) {
    const from = elapsed();
    const answer = await fetch(`${service.url}/offers/${id}/paper`, { headers });
    assert.ok((await answer.bytes()).length > 10_000, "a paper comes");
    times.push(elapsed() - from);
  }
  times.sort((a, b) => a - b);
  return [
    { name: `offer of ${lines} lines as PDF/A, median`, value: times[papers / 2]!, unit: "ms" },
    { name: "the slowest but five of a hundred", value: times[papers - 6]!, unit: "ms" },
  ];
}
