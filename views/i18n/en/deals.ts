/** Deals: list, board, record, form. */
export const deals = {
  title: "Deals",
};
