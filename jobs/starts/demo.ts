/**
 * As `upgrade.ts`, and sets up the demo. On its own because its offers' papers come from upper
 * layers, which no other start has to load.
 */
import { paperOf as writePaper } from "../../routes/offer_papers.ts";
import { ready, type Start } from "../upgrades.ts";
import { errand } from "./process.ts";

await errand<Start>("upgrade", (start) => ready(start, { demo: true, writePaper }));
