/** Lists the information on a card for which we have no field. */

import type { Card } from "./cards.ts";

/** The names of properties about the person for which there is no field. */
export function leftOut(card: Card): string[] {
  const found = card.properties.filter(({ name, value }) =>
    name === "AGENT" || value.trim() !== "" && homeless.has(name.replace(brands, "X-"))
  );
  const websites = card.properties
    .filter(({ name, value }) => name === "URL" && value.trim() !== "").slice(1);
  return [...new Set([...found, ...websites].map(({ name }) => name))];
}

const brands = /^X-(?:EVOLUTION|KADDRESSBOOK-X|MS|WAB)-/;
const homeless = new Set(
  ("ANNIVERSARY X-ANNIVERSARY X-WEDDING X-ABDATE IMPP RELATED X-ABRELATEDNAMES X-SPOUSE " +
    "X-SPOUSESNAME X-MANAGER X-MANAGERSNAME X-ASSISTANT X-ASSISTANTSNAME X-PROFESSION " +
    "X-SOCIALPROFILE X-ANDROID-CUSTOM GEO HOBBY EXPERTISE INTEREST BIRTHPLACE DEATHPLACE " +
    "DEATHDATE X-AIM X-ICQ X-JABBER X-MSN X-YAHOO X-SKYPE X-SKYPE-USERNAME X-GOOGLE-TALK " +
    "X-GTALK X-GADUGADU X-GROUPWISE X-SIP X-QQ X-TWITTER X-IMADDRESS X-PHONETIC-FIRST-NAME " +
    "X-PHONETIC-LAST-NAME X-CUSTOM1 X-CUSTOM2 X-CUSTOM3 X-CUSTOM4").split(" "),
);
