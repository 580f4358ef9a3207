/**
 * Invented companies: customers, suppliers and prospects of a wholesaler, with invented numbers.
 */
import type { Dice, Weighted } from "./dice.ts";
import { asciiName, rare } from "./persons.ts";
import { home, neighbours, type Place, streets } from "./places.ts";
import {
  companyAdditions,
  companyBeginnings,
  customerTrades,
  foreignForms,
  homeForms,
  supplierTrades,
  type Trade,
} from "./trade_words.ts";

export type Status = "lead" | "prospect" | "customer" | "partner" | "supplier" | "former";

export interface SampleCompany {
  name: string;
  legalForm: string;
  trade: Trade;
  status: Status;
  place: Place;
  street: string;
  /** Under `.example`, which nobody can own. */
  domain: string;
  /** E.164 without the extension; empty abroad. */
  trunk: string;
  vatId: string;
  registerCourt: string;
  registerNumber: string;
}

const statuses: Weighted<Status> = [
  ["customer", 46],
  ["lead", 15],
  ["prospect", 14],
  ["supplier", 13],
  ["former", 8],
  ["partner", 4],
];

/**
 * The blocks that the Bundesnetzagentur keeps free for films (notice 148/2021): nobody can ever be
 * reached at these numbers.
 */
const filmBlocks: readonly { city: string; block: string }[] = [
  { city: "Hamburg", block: "+494066969" },
  { city: "Berlin", block: "+493023125" },
  { city: "Köln", block: "+492214710" },
  { city: "Frankfurt am Main", block: "+496990009" },
  { city: "München", block: "+498999998" },
];

/** Generates company number `index`; the names in `taken` are not used again. */
export function sampleCompany(dice: Dice, index: number, taken: Set<string>): SampleCompany {
  const status = dice.weighted(statuses);
  const trade = status === "supplier" ? dice.pick(supplierTrades) : dice.pickCommon(customerTrades);
  const place = dice.percent(7) ? dice.pick(neighbours) : dice.pickCommon(home);
  const base = freeName(dice, trade, place, taken);
  const legalForm = foreignForms[place.country] ?? dice.weighted(homeForms);
  const isHome = place.country === "DE";
  return {
    name: legalForm === "" ? base : `${base} ${legalForm}`,
    legalForm,
    trade,
    status,
    place,
    street: street(dice, place),
    domain: `${asciiName(base).slice(0, 50).replace(/-$/, "")}.example`,
    trunk: isHome ? trunk(index, place) : "",
    vatId: isHome && legalForm !== "" && legalForm !== "GbR" ? germanVatId(dice) : "",
    ...(isHome ? register(dice, legalForm, place) : { registerCourt: "", registerNumber: "" }),
  };
}

/** A street with a house number. */
export function street(dice: Dice, place: Place): string {
  const name = dice.pick(streets[place.country] ?? streets.DE!);
  const number = `${dice.int(1, 138)}${dice.percent(12) ? dice.pick(["a", "b", "c"]) : ""}`;
  return place.country === "FR" ? `${number} ${name}` : `${name} ${number}`;
}

function freeName(dice: Dice, trade: Trade, place: Place, taken: Set<string>): string {
  for (let tries = 0;; tries++) {
    const family = dice.percent(45);
    const first = family ? rare(dice) : dice.pick(companyBeginnings);
    const middle = family && dice.percent(18) ? " & Söhne" : "";
    const field = dice.pick(trade.names);
    const addition = dice.pick(companyAdditions);
    const fits = !family && !/technik|service|dienst/i.test(field);
    const words = [`${first}${middle}`, field, fits ? addition : ""];
    if (tries > 1) words.push(place.city);
    if (tries > 3) words.push(String(dice.int(2, 999)));
    const name = words.filter(Boolean).join(" ");
    if (taken.has(name)) continue;
    taken.add(name);
    return name;
  }
}

/** A number of a film block, in the same town if it has one; extensions follow it. */
function trunk(index: number, place: Place): string {
  const block = filmBlocks.find(({ city }) => city === place.city) ??
    filmBlocks[index % filmBlocks.length]!;
  return block.block + String(index % 1000).padStart(3, "0");
}

/** With a correct check digit, from the range 999, which is not in use. */
function germanVatId(dice: Dice): string {
  const digits = `999${String(dice.int(0, 99_999)).padStart(5, "0")}`;
  let product = 10;
  for (const digit of digits) {
    const sum = (Number(digit) + product) % 10 || 10;
    product = (2 * sum) % 11;
  }
  return `DE${digits}${(11 - product) % 10}`;
}

function register(dice: Dice, legalForm: string, place: Place) {
  const section = /^(GmbH|AG|UG)/.test(legalForm) && !legalForm.includes("KG")
    ? "HRB"
    : /KG|OHG|e\.K\./.test(legalForm)
    ? "HRA"
    : legalForm === "eG"
    ? "GnR"
    : "";
  return section === "" ? { registerCourt: "", registerNumber: "" } : {
    registerCourt: `Amtsgericht ${place.court}`,
    registerNumber: `${section} ${dice.int(900_001, 989_999)}`,
  };
}
