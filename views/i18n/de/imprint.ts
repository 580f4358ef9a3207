/** The imprint. */
export const imprint = {
  email: "E-Mail",
  phone: "Telefon",
  source: "Angaben nach § 5 DDG",
  title: "Impressum",
};
