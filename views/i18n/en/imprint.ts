/** The imprint. */
export const imprint = {
  email: "E-mail",
  phone: "Phone",
  source: "Information under section 5 DDG (Germany)",
  title: "Imprint",
};
