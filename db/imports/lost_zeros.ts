/** Restores leading zeros that spreadsheets removed from postal codes, if there is no doubt. */

/** How many digits the codes of a country have, and how many are left at least without zeros. */
const lengths: Readonly<Record<string, readonly [full: number, least: number]>> = {
  DE: [5, 4],
  FR: [5, 4],
  ES: [5, 4],
  SK: [5, 4],
  IT: [5, 3],
  FI: [5, 3],
  US: [5, 3],
  RO: [6, 5],
};

/** German towns all of whose codes begin with a zero, in their most common spelling. */
const towns = new Set(
  ("dresden leipzig chemnitz halle zwickau jena gera cottbus görlitz plauen bautzen freiberg meißen " +
    "pirna radebeul freital riesa hoyerswerda zittau löbau kamenz torgau grimma delitzsch " +
    "markkleeberg schkeuditz taucha döbeln mittweida glauchau werdau crimmitschau " +
    "annaberg-buchholz limbach-oberfrohna dessau dessau-roßlau merseburg weißenfels zeitz " +
    "bitterfeld-wolfen köthen bernburg sangerhausen schmölln greiz rudolstadt pößneck spremberg " +
    "senftenberg lübbenau finsterwalde lauchhammer").split(" "),
);

/** The code with its zeros, for the country that the row names; unchanged if none are missing. */
export function restored(code: string, country: string): string {
  const [full, least] = lengths[country] ?? [0, 0];
  const lacks = /^[1-9]\d+$/.test(code) && code.length >= least && code.length < full;
  return lacks ? code.padStart(full, "0") : code;
}

/** Whether a four-digit code beside this town is a German one without its zero. */
export const beginsWithZero = (city: string): boolean =>
  towns.has(city.toLowerCase().split(/[(,/]| an der | a\.d\. /, 1)[0]!.trim());
