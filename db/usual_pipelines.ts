/** The pipeline and the lost reasons that a tenant starts with, in its language. */
import type { Colour } from "./stages.ts";

interface Start {
  pipeline: string;
  open: readonly {
    name: string;
    probability: number;
    colour: Colour;
    rottingDays: number | null;
  }[];
  won: string;
  lost: string;
  reasons: readonly string[];
}

export const usual: Record<"de" | "en", Start> = {
  de: {
    pipeline: "Vertrieb",
    open: [
      { name: "Anfrage", probability: 10, colour: "grey", rottingDays: 7 },
      { name: "Bedarf geklärt", probability: 25, colour: "blue", rottingDays: 14 },
      { name: "Angebot", probability: 50, colour: "violet", rottingDays: 14 },
      { name: "Verhandlung", probability: 75, colour: "orange", rottingDays: 21 },
    ],
    won: "Gewonnen",
    lost: "Verloren",
    reasons: ["Preis", "Wettbewerb", "Kein Bedarf mehr", "Kein Budget", "Keine Rückmeldung"],
  },
  en: {
    pipeline: "Sales",
    open: [
      { name: "Enquiry", probability: 10, colour: "grey", rottingDays: 7 },
      { name: "Qualified", probability: 25, colour: "blue", rottingDays: 14 },
      { name: "Offer", probability: 50, colour: "violet", rottingDays: 14 },
      { name: "Negotiation", probability: 75, colour: "orange", rottingDays: 21 },
    ],
    won: "Won",
    lost: "Lost",
    reasons: ["Price", "Competitor", "No need any more", "No budget", "No answer"],
  },
};
