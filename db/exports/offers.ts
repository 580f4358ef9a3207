/** The table columns of offers. */
import type { OfferRow } from "../offers.ts";
import { type Column, column } from "./columns.ts";

export const columns: readonly Column<OfferRow>[] = [
  column("number", "Angebotsnummer", ({ number }) => number),
  column("version", "Fassung", ({ versionNo }) => versionNo, "number"),
  column("state", "Stand", ({ state }) => state, "word"),
  column("subject", "Betreff", ({ subject }) => subject),
  column("deal", "Deal", ({ dealTitle }) => dealTitle),
  column("gross", "Summe mit USt.", ({ grossCents }) => grossCents / 100, "number"),
  column("currency", "Währung", ({ currency }) => currency),
  column("issued_on", "Ausgestellt", ({ issuedOn }) => issuedOn, "day"),
  column("valid_until", "Gültig bis", ({ validUntil }) => validUntil, "day"),
  column("recipient", "Empfänger", ({ addressee }) => addressee),
];
