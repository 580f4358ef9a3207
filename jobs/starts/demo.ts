/** What the start with a demo needs of the floors above: the hand that writes its offers' papers. */
export { paperOf as writePaper } from "../../routes/offer_papers.ts";
