/** Deals: list, board, record, form. */
export const deals = {
  stage_gone: "Diese Stufe gibt es nicht mehr. Wählen Sie eine andere.",
  title: "Deals",
  too_many_contacts: "Mehr Personen nimmt ein Deal nicht auf.",
};
