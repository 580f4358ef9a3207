/** Converts countries as people write them to ISO 3166-1 alpha-2. */

import { getCountries } from "libphonenumber-js/max";

const languages = (
  "de en fr it es nl pl cs da sv hu tr pt ro hr sl sk fi nb et lv lt ru uk bg el"
).split(" ");

// Spellings missing from official lists of names; single letters are the old car and postal codes.
const aliases: Record<string, string> = {
  d: "DE",
  brd: "DE",
  ger: "DE",
  bundesrepublikdeutschland: "DE",
  bundesrepublik: "DE",
  brdeutschland: "DE",
  deutschl: "DE",
  deutschlandbrd: "DE",
  deu: "DE",
  a: "AT",
  aut: "AT",
  oesterreich: "AT",
  ostereich: "AT",
  republikoesterreich: "AT",
  fl: "LI",
  lie: "LI",
  f: "FR",
  fra: "FR",
  i: "IT",
  ita: "IT",
  b: "BE",
  bel: "BE",
  l: "LU",
  lux: "LU",
  e: "ES",
  esp: "ES",
  p: "PT",
  prt: "PT",
  s: "SE",
  swe: "SE",
  n: "NO",
  nor: "NO",
  h: "HU",
  hun: "HU",
  che: "CH",
  nld: "NL",
  holland: "NL",
  thenetherlands: "NL",
  dnk: "DK",
  pol: "PL",
  cze: "CZ",
  czechrepublic: "CZ",
  tschechischerepublik: "CZ",
  tschechei: "CZ",
  svk: "SK",
  slowakischerepublik: "SK",
  svn: "SI",
  hrv: "HR",
  rou: "RO",
  bgr: "BG",
  grc: "GR",
  el: "GR",
  irl: "IE",
  fin: "FI",
  est: "EE",
  lva: "LV",
  ltu: "LT",
  mlt: "MT",
  cyp: "CY",
  gbr: "GB",
  uk: "GB",
  england: "GB",
  scotland: "GB",
  schottland: "GB",
  wales: "GB",
  grossbritannien: "GB",
  greatbritain: "GB",
  unitedkingdomofgreatbritainandnorthernireland: "GB",
  usa: "US",
  us: "US",
  vereinigtestaaten: "US",
  vereinigtestaatenvonamerika: "US",
  unitedstatesofamerica: "US",
  amerika: "US",
  can: "CA",
  aus: "AU",
  nzl: "NZ",
  jpn: "JP",
  chn: "CN",
  vrchina: "CN",
  kor: "KR",
  suedkorea: "KR",
  southkorea: "KR",
  ind: "IN",
  bra: "BR",
  mex: "MX",
  tur: "TR",
  tuerkei: "TR",
  turkey: "TR",
  ukr: "UA",
  rus: "RU",
  russland: "RU",
  russia: "RU",
  russischefoederation: "RU",
  russianfederation: "RU",
  srb: "RS",
  bih: "BA",
  bosnien: "BA",
  mkd: "MK",
  mazedonien: "MK",
  macedonia: "MK",
  alb: "AL",
  mne: "ME",
  isl: "IS",
  isr: "IL",
  zaf: "ZA",
  are: "AE",
  vae: "AE",
  uae: "AE",
  sgp: "SG",
  hkg: "HK",
  twn: "TW",
};

let names: Map<string, string> | null = null;

/**
 * The code of a country given by its code or its name in German, English or a neighbouring
 * language; otherwise null.
 */
export function lookup(text: string): string | null {
  if (text.length > 100) return null;
  names ??= index();
  return names.get(fold(text)) ?? names.get(fold(text.replace(/\([^()]*\)/g, ""))) ?? null;
}

// ISO 3166-1 numeric codes of Europe and its main trading partners.
const numbers = "276DE 040AT 756CH 438LI 442LU 056BE 528NL 250FR 380IT 724ES 620PT 208DK 752SE " +
  "578NO 246FI 352IS 372IE 826GB 616PL 203CZ 703SK 348HU 705SI 191HR 642RO 100BG 300GR 233EE " +
  "428LV 440LT 470MT 196CY 688RS 070BA 807MK 008AL 499ME 804UA 643RU 112BY 498MD 792TR 840US " +
  "124CA 036AU 554NZ 392JP 156CN 410KR 356IN 076BR 484MX 710ZA 784AE 376IL 702SG 344HK 158TW";

/** The code of a country by its three-digit ISO number; null for any other number. */
export const byNumber = (digits: string): string | null =>
  digits.length === 3 && numbers.split(" ").find((each) => each.startsWith(digits))?.slice(3) ||
  null;

/** The country's name in the language requested (`DE`, `de` gives "Deutschland"). */
export function name(code: string, language: string): string {
  try {
    return new Intl.DisplayNames([language], { type: "region" }).of(code) ?? code;
  } catch {
    return code;
  }
}

/** Every code of a country with addresses and phone numbers, for a selection. */
export const codes: readonly string[] = getCountries().filter((code) => code.length === 2);

function index(): Map<string, string> {
  const found = new Map<string, string>();
  for (const language of languages) {
    const display = new Intl.DisplayNames([language], { type: "region" });
    for (const code of codes) found.set(fold(display.of(code) ?? code), code);
  }
  for (const code of codes) found.set(code.toLowerCase(), code);
  for (const [alias, code] of Object.entries(aliases)) found.set(alias, code);
  return found;
}

function fold(text: string): string {
  const word = text.toLowerCase();
  if (/^[a-z]*$/.test(word)) return word;
  return word.replaceAll("ä", "ae").replaceAll("ö", "oe").replaceAll("ü", "ue")
    .replaceAll("ß", "ss").normalize("NFKD").replace(/[^\p{L}]/gu, "");
}
