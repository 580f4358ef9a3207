/**
 * VAT numbers of the EU, Switzerland, Norway and the United Kingdom: form, and check digit for DE,
 * AT, CH.
 */

export interface VatId {
  /** Without spaces and dots, in capitals. */
  number: string;
  /** ISO-2 of the issuing state (Greece is `GR`, written `EL`). */
  country: string;
  /**
   * Whether the form and, if its rule is known here, the check digit are right. Only VIES knows
   * whether it is in use.
   */
  valid: boolean;
}

// Forms as the European Commission lists them for VIES.
const forms: Record<string, RegExp> = {
  AT: /^U\d{8}$/,
  BE: /^[01]?\d{9}$/,
  BG: /^\d{9,10}$/,
  CY: /^\d{8}[A-Z]$/,
  CZ: /^\d{8,10}$/,
  DE: /^\d{9}$/,
  DK: /^\d{8}$/,
  EE: /^\d{9}$/,
  EL: /^\d{9}$/,
  ES: /^[A-Z0-9]\d{7}[A-Z0-9]$/,
  FI: /^\d{8}$/,
  FR: /^[A-HJ-NP-Z0-9]{2}\d{9}$/,
  HR: /^\d{11}$/,
  HU: /^\d{8}$/,
  IE: /^(?:\d{7}[A-Z]{1,2}|\d[A-Z+*]\d{5}[A-Z])$/,
  IT: /^\d{11}$/,
  LT: /^(?:\d{9}|\d{12})$/,
  LU: /^\d{8}$/,
  LV: /^\d{11}$/,
  MT: /^\d{8}$/,
  NL: /^\d{9}B\d{2}$/,
  PL: /^\d{10}$/,
  PT: /^\d{9}$/,
  RO: /^\d{2,10}$/,
  SE: /^\d{12}$/,
  SI: /^\d{8}$/,
  SK: /^\d{10}$/,
  XI: /^(?:\d{9}|\d{12}|(?:GD|HA)\d{3})$/,
  GB: /^(?:\d{9}|\d{12}|(?:GD|HA)\d{3})$/,
  CHE: /^\d{9}(?:MWST|TVA|IVA)?$/,
  NO: /^\d{9}(?:MVA)?$/,
};

/** Reads a VAT number in any spelling; null if the text does not even begin like one. */
export function lookup(text: string): VatId | null {
  if (text.length > 60) return null;
  const number = text.normalize("NFKC").toUpperCase().replace(/[\s.\-/_]/g, "");
  const prefix = number.startsWith("CHE") ? "CHE" : number.slice(0, 2);
  const form = forms[prefix];
  const rest = number.slice(prefix.length);
  if (!form || !/\d/.test(rest)) return null;
  const country = prefix === "EL" ? "GR" : prefix === "CHE" ? "CH" : prefix;
  return { number, country, valid: form.test(rest) && checkDigit(prefix, rest) };
}

function checkDigit(prefix: string, rest: string): boolean {
  if (prefix === "DE") return german(rest);
  if (prefix === "AT") return austrian(rest.slice(1));
  if (prefix === "CHE") return swiss(rest.slice(0, 9));
  return true;
}

/** ISO 7064 MOD 11,10 over the first eight digits. */
function german(digits: string): boolean {
  let product = 10;
  for (const digit of digits.slice(0, 8)) {
    const sum = (Number(digit) + product) % 10 || 10;
    product = (2 * sum) % 11;
  }
  return (11 - product) % 10 === Number(digits[8]);
}

/** (10 - (sum + 4) mod 10) mod 10 with every second digit doubled and its digits added. */
function austrian(digits: string): boolean {
  let sum = 4;
  for (let place = 0; place < 7; place++) {
    const digit = Number(digits[place]);
    sum += place % 2 === 0 ? digit : Math.floor(digit / 5) + (digit * 2) % 10;
  }
  return (10 - sum % 10) % 10 === Number(digits[7]);
}

/** Modulus 11 with the weights of the Swiss UID register. */
function swiss(digits: string): boolean {
  const weights = [5, 4, 3, 2, 7, 6, 5, 4];
  const sum = weights.reduce((total, weight, place) => total + weight * Number(digits[place]), 0);
  return (11 - sum % 11) % 11 === Number(digits[8]);
}
