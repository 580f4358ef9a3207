/** Where to complain: the supervisory authorities. */
import type { Messages } from "../de.ts";

export const complaints: Messages["complaints"] = {
  address: "Address",
  choose: "Find the responsible authority",
  choose_text:
    "You can also turn to the authority of the place where you live, where you work or where the alleged infringement took place (Art. 77 GDPR).",
  country: "Country",
  found: "Responsible there",
  form: "Complain online",
  land: "German Land",
  land_any: "all",
  land_BB: "Brandenburg",
  land_BE: "Berlin",
  land_BW: "Baden-Württemberg",
  land_BY: "Bavaria",
  land_HB: "Bremen",
  land_HE: "Hesse",
  land_HH: "Hamburg",
  land_MV: "Mecklenburg-Western Pomerania",
  land_NI: "Lower Saxony",
  land_NW: "North Rhine-Westphalia",
  land_RP: "Rhineland-Palatinate",
  land_SH: "Schleswig-Holstein",
  land_SL: "Saarland",
  land_SN: "Saxony",
  land_ST: "Saxony-Anhalt",
  land_TH: "Thuringia",
  own: "Responsible for us",
  show: "Show",
  special: "Federal bodies, churches, broadcasters, public bodies",
  special_text:
    "Federal bodies, public bodies in Bavaria, churches and broadcasters have supervisory authorities of their own.",
  text:
    "If you think that we are not processing your data lawfully, you can complain to a supervisory authority. This is free of charge and needs no particular form.",
  title: "Complaint to a supervisory authority",
  website: "Website",
};
