/** The imprint. */
export const imprint = {
  email: "E-Mail",
  phone: "Telefon",
  register_entry: "Registereintrag",
  represented_by: "Vertreten durch",
  source: "Angaben nach § 5 DDG",
  title: "Impressum",
  vat_id: "USt-IdNr.",
};
