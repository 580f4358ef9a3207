/**
 * Guesses the country of a list without one: from its numbers, codes, domains, places and
 * companies.
 */

import * as legalForms from "../legal_forms.ts";
import * as phones from "../phones.ts";
import { spokenIn } from "./heading_lands.ts";
import type { Column } from "./mappings.ts";
import type { PlanColumn } from "./plans.ts";

export type Sign =
  | "phones"
  | "domains"
  | "vatIds"
  | "postalCodes"
  | "places"
  | "forms"
  | "headings";

/** A country derived from the file that is not the tenant's own. */
export interface Land {
  country: string;
  /** False if only postal codes contradict the tenant's country. */
  certain: boolean;
  /** How many cells support it, by what they hold. */
  signs: Partial<Record<Sign, number>>;
}

const callingCodes: Readonly<Record<string, string>> = {
  "49": "DE",
  "43": "AT",
  "41": "CH",
  "423": "LI",
  "31": "NL",
  "32": "BE",
  "33": "FR",
  "34": "ES",
  "39": "IT",
  "36": "HU",
  "40": "RO",
  "420": "CZ",
  "421": "SK",
  "44": "GB",
  "45": "DK",
  "46": "SE",
  "47": "NO",
  "48": "PL",
  "351": "PT",
  "352": "LU",
  "353": "IE",
  "358": "FI",
  "359": "BG",
  "380": "UA",
  "385": "HR",
  "386": "SI",
  "7": "RU",
  "30": "GR",
  "90": "TR",
};
const countries = new Set(Object.values(callingCodes));
const weights: Record<Sign, number> = {
  phones: 2,
  vatIds: 2,
  domains: 1,
  places: 1,
  forms: 1,
  headings: 1,
  postalCodes: 0,
};
const shapes: readonly [RegExp, string][] = [
  [/^\d{4}$/, "AT CH LI DK NO BE HU LU SI BG"],
  [/^\d{5}$/, "DE FR IT ES FI HR GR UA TR"],
  [/^\d{3} \d{2}$/, "CZ SK SE GR"],
  [/^\d{2}-\d{3}$/, "PL"],
  [/^\d{4} ?[A-Z]{2}$/, "NL"],
  [/^[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}$/, "GB"],
  [/^\d{4}-\d{3}$/, "PT"],
  [/^\d{6}$/, "RO RU"],
];
const forms: Readonly<Record<string, string>> = {
  "OG": "AT",
  "e.U.": "AT",
  "Sp. z o.o.": "PL",
  "s.r.o.": "CZ",
  "S.r.l.": "IT",
  "S.p.A.": "IT",
  "S.A.S.": "FR",
  "B.V.": "NL",
  "V.O.F.": "NL",
  "Kft.": "HU",
  "A/S": "DK",
  "ApS": "DK",
  "AB": "SE",
  "Oy": "FI",
  "S.L.": "ES",
  "A.Ş.": "TR",
  "Ltd. Şti.": "TR",
  "ООО": "RU",
  "АО": "RU",
  "e.K.": "DE",
  "e.V.": "DE",
  "GbR": "DE",
  "OHG": "DE",
};
const places = new Map(
  ([
    [
      "AT",
      "wien graz linz salzburg innsbruck klagenfurt villach wels st.pölten sanktpölten dornbirn steyr wienerneustadt feldkirch bregenz leonding klosterneuburg baden wolfsberg leoben krems traun amstetten kapfenberg mödling hallein kufstein schwechat braunau eisenstadt lienz vöcklabruck",
    ],
    [
      "CH",
      "zürich zuerich genf genève basel lausanne bern winterthur luzern st.gallen sanktgallen lugano biel thun bellinzona köniz freiburg fribourg schaffhausen chur uster sion neuchâtel emmen zug kriens rapperswil dübendorf dietikon frauenfeld wetzikon baar wil aarau baden kreuzlingen solothurn olten burgdorf sursee davos vevey montreux nyon yverdon",
    ],
    ["LI", "vaduz schaan triesen balzers"],
    [
      "DE",
      "berlin hamburg münchen köln frankfurt stuttgart düsseldorf leipzig dortmund essen bremen dresden hannover nürnberg duisburg bochum wuppertal bielefeld bonn münster mannheim karlsruhe augsburg wiesbaden",
    ],
    ["FR", "paris marseille lyon toulouse nice nantes strasbourg montpellier bordeaux lille"],
    [
      "IT",
      "roma milano napoli torino palermo genova bologna firenze bari bolzano verona venezia padova",
    ],
    ["NL", "amsterdam rotterdam denhaag utrecht eindhoven groningen tilburg almere breda nijmegen"],
    ["PL", "warszawa kraków łódź wrocław poznań gdańsk szczecin lublin katowice"],
    ["CZ", "praha brno ostrava plzeň liberec olomouc"],
    ["ES", "madrid barcelona valencia sevilla zaragoza málaga bilbao"],
    ["RU", "москва санкт-петербург новосибирск екатеринбург казань самара омск челябинск уфа"],
    ["TR", "istanbul ankara izmir bursa antalya adana konya gaziantep kayseri mersin"],
  ] as const).flatMap(([country, names]) =>
    names.split(" ").map((name) => [name, country] as const)
  ),
);

/** How many rows must give evidence, and which share of the evidence must agree. */
const least = 2;
const agreed = 0.6;

/** The country of rows that name none; null if the tenant's own fits, or there is no evidence. */
export function guess(plan: PlanColumn[], columns: Column[], home: string): Land | null {
  const rows = columns[0]?.cells.length ?? 0;
  const named = plan.flatMap(({ target }, at) => target.endsWith(".country") ? [at] : []);
  const placed = plan.flatMap(({ target }, at) =>
    /\.(?:city|postalCode)$/.test(target) ? [at] : []
  );
  const records: Cell[][] = [];
  for (let row = 0; row < rows; row++) {
    if (named.some((at) => columns[at]?.cells[row])) continue;
    if (placed.some((at) => signed.test(columns[at]?.cells[row] ?? ""))) continue;
    records.push(
      plan.flatMap(({ name, target, secret }, at): Cell[] => {
        const cell = columns[at]?.cells[row] ?? "";
        // France's company number is the end of its VAT number.
        if (/^siren$/i.test(name) && /^\d{9}$/.test(cell)) return [["company.vatId", `FR${cell}`]];
        return secret ? [] : [[target, cell]];
      }),
    );
  }
  return guessOf(records, home, spokenIn(plan.map(({ name }) => name), home));
}

/** "A-1010 Wien" names its country. */
const signed = /^[A-Z]{1,3} ?- ?\d{4,5}(?!\d)/;

type Cell = [target: string, text: string];

/**
 * The same for records that name no country, from cells that may indicate it. The country whose
 * language the headings have counts only if nothing indicates another one.
 */
export function guessOf(
  records: readonly Cell[][],
  home: string,
  spoken?: string,
): Land | null {
  const signs = new Map<string, Partial<Record<Sign, number>>>();
  const codes: string[] = [];
  const add = (country: string | undefined, sign: Sign) => {
    if (!country) return;
    const found = signs.get(country) ?? {};
    signs.set(country, found);
    found[sign] = (found[sign] ?? 0) + 1;
  };
  for (const [target, cell] of records.flat()) {
    if (cell === "") continue;
    if (/postalCode$/.test(target)) codes.push(cell.toUpperCase());
    else read(target, cell, add);
  }
  if (spoken && [...signs.keys()].every((country) => country === spoken)) {
    for (let count = 0; count < least; count++) add(spoken, "headings");
  }
  return judge(signs, codes, home, samplesOf(records));
}

function read(
  target: string,
  cell: string,
  add: (country: string | undefined, sign: Sign) => void,
) {
  if (/phone|fax/i.test(target)) add(called(cell), "phones");
  else if (/email|website/.test(target)) add(domainOf(cell), "domains");
  else if (/vatId|taxNumber/.test(target)) add(/^CHE/i.test(cell) ? "CH" : vat(cell), "vatIds");
  else if (/\.city$/.test(target)) {
    add(places.get(cell.replaceAll("İ", "i").toLowerCase().replace(/\s|[-/(].*$/g, "")), "places");
  } else if (target === "company.name") add(forms[legalForms.split(cell).form], "forms");
}

/** The country that a number itself gives by `+` or `00`; undefined for any other. */
export function called(cell: string): string | undefined {
  const digits = /^(?:\+|00)([1-9][\d\s()./-]*)/.exec(cell)?.[1]?.replace(/\D/g, "") ?? "";
  return callingCodes[digits.slice(0, 3)] ?? callingCodes[digits.slice(0, 2)] ??
    callingCodes[digits.slice(0, 1)];
}

function domainOf(cell: string): string | undefined {
  const end = /\.([a-z]{2})(?:[/\s;,>)]|$)/i.exec(cell.replace(/^https?:\/\//i, ""))?.[1]
    ?.toUpperCase();
  const country = end === "UK" ? "GB" : end;
  return country && countries.has(country) ? country : undefined;
}

function vat(cell: string): string | undefined {
  const country = /^([A-Z]{2})[\sU]?[\dA-Z][\d\s.A-Z]{5,}$/i.exec(cell)?.[1]?.toUpperCase();
  return country && countries.has(country) ? country : undefined;
}

/** The share of postal codes that could belong to the country; 1 if there are none. */
function fit(codes: readonly string[], country: string): number {
  const known = codes.flatMap((code) => shapes.find(([shape]) => shape.test(code))?.[1] ?? []);
  if (known.length === 0) return 1;
  return known.filter((fitting) => fitting.includes(country)).length / known.length;
}

function judge(
  signs: ReadonlyMap<string, Partial<Record<Sign, number>>>,
  codes: readonly string[],
  home: string,
  numbers: readonly string[],
): Land | null {
  const rated = [...signs].map(([country, own]) => ({ country, own, score: scoreOf(own) }))
    .filter(({ country }) => fit(codes, country) > 0.7)
    .sort((one, two) => two.score - one.score);
  const all = [...signs.values()].reduce((sum, own) => sum + scoreOf(own), 0);
  const ours = scoreOf(signs.get(home) ?? {});
  const homeFits = fit(codes, home) > 0.5;
  const [best] = rated;
  // Codes that lost a zero look like those of a neighbouring country.
  if (ours > 0 && ours >= (best?.score ?? 0)) return null;
  if (
    best && best.country !== home && best.score >= least && best.score >= all * agreed &&
    (!homeFits || best.score > 3 * ours) && !dialledAt(home, best, numbers)
  ) {
    const fitting = codes.filter((code) => fit([code], best.country) === 1).length;
    const postalCodes = homeFits ? 0 : fitting;
    return { country: best.country, certain: true, signs: { ...best.own, postalCodes } };
  }
  if (homeFits || codes.length < least) return null;
  // Four-digit codes: neighbours for which these numbers are valid come before the others.
  const likely = ["CH", "AT", "DE", ...countries].filter((each) => fit(codes, each) > 0.7);
  const valid = (country: string) =>
    numbers.filter((number) => phones.lookup(number, country)).length +
    scoreOf(signs.get(country) ?? {});
  const country = likely.toSorted((one, two) => valid(two) - valid(one))[0];
  return country ? { country, certain: false, signs: { postalCodes: codes.length } } : null;
}

/** Whether more numbers without a country are valid at home than anything suggests elsewhere. */
function dialledAt(
  home: string,
  { country, own }: { country: string; own: Partial<Record<Sign, number>> },
  numbers: readonly string[],
): boolean {
  const valid = (land: string) => numbers.filter((number) => phones.lookup(number, land)).length;
  const signs = Object.values(own).reduce((sum, count) => sum + count, 0);
  return valid(home) > valid(country) + signs;
}

const scoreOf = (own: Partial<Record<Sign, number>>): number =>
  Object.entries(own).reduce((sum, [sign, count]) => sum + weights[sign as Sign] * count, 0);

/** Some telephone numbers without a country. */
function samplesOf(records: readonly Cell[][]): string[] {
  return records.flat().filter(([target]) => /phone/i.test(target)).map(([, cell]) => cell)
    .filter((cell) => /^0[1-9]/.test(cell)).slice(0, 50);
}
