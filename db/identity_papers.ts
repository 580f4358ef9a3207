/**
 * Recognises copies of identity documents, which are not kept, by the file name, by what the letter
 * says about its enclosures, or by the machine-readable lines of passports; a picture without any
 * such hint passes, and staff can remove it.
 */

/** Names of such documents in the languages of our letters. */
const paper = new RegExp(
  [
    "(?<![a-zäöüß])perso(?![a-zäöüß])|ausweis|reisepa(?:ss|ß)|pa(?:ss|ß)kopie|f(?:ü|ue)hrerschein",
    "passports?|(?:id|identity)[-_ ]?(?:card|document)|driv(?:er|ing)'?s?[-_ ]?licen[cs]e",
    "passeport|(?:carte|carta)[-_ ]?(?:nationale[-_ ]?)?d.?identit|permis[-_ ]?de[-_ ]?conduire",
    "pasaporte|documento[-_ ]?(?:nacional[-_ ]?)?de[-_ ]?identidade?|passaporto|passaporte",
    "paspoort|identiteits(?:kaart|bewijs)|rijbewijs|paszport|dow(?:ó|o)d[-_ ]?osobisty",
    "ob(?:č|c)ansk(?:ý|y)[-_ ]?pr(?:ů|u)kaz|osobna[-_ ]?iskaznica|putovnica|διαβατήριο|ταυτότητα",
    "legitimation|k(?:ö|o)rkort",
  ].join("|"),
  "iu",
);
/** Words that say that something is enclosed. */
const enclosed =
  /kopie|foto|scan|anbei|beigef(?:ü|ue)gt|anhang|anlage|cop(?:y|ie|ia)|attach|enclos|ci-joint|allegat|adjunt|bijlage|za(?:ł|l)(?:ą|a)cz|bifog|anexo|p(?:ř|r)(?:í|i)loh|prilog|συνημμέν/iu;
/** The first line of the machine-readable zone: kind, country, name, filled with `<`. */
const machineZone = /(?:^|[^A-Z0-9<])[PIAV][A-Z<][A-Z][A-Z<]{2}[A-Z0-9<]{20,}/;

/** Whether the letter says that it encloses one. */
const saysSo = (text: string): boolean =>
  text.split(/[.!?\n]/).some((sentence) => paper.test(sentence) && enclosed.test(sentence));

/** For each file of a letter: whether it has to be treated as a copy of an identity document. */
export function identityPapers(
  text: string,
): (file: { name: string; mediaType: string; bytes: Uint8Array }) => boolean {
  const announced = saysSo(text);
  return ({ name, mediaType, bytes }) => {
    if (paper.test(name.normalize("NFC"))) return true;
    if (announced && /^image\/|^application\/pdf$/.test(mediaType)) return true;
    const zone = machineZone.exec(new TextDecoder("latin1").decode(bytes.subarray(0, 1_000_000)));
    return zone !== null && zone[0].includes("<<");
  };
}
