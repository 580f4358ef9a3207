/** Deals: list, board, record, form. */
export const deals = {
  stage_gone: "This stage is no longer there. Choose another one.",
  title: "Deals",
  too_many_contacts: "A deal takes no more persons.",
};
