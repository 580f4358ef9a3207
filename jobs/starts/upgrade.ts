/** Brings the database up to date before each start, for the supervisor. */
import { ready, type Start } from "../upgrades.ts";
import { errand } from "./process.ts";

await errand<Start>("upgrade", (start) => ready(start));
