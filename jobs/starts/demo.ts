/**
 * Provides what the start with a demo needs from upper layers: the writer of its offers' papers.
 */
export { paperOf as writePaper } from "../../routes/offer_papers.ts";
