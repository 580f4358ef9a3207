/** The imprint. */
export const imprint = {
  email: "E-mail",
  phone: "Phone",
  register_entry: "Register entry",
  represented_by: "Represented by",
  source: "Information under Section 5 DDG (Germany)",
  title: "Legal notice",
  vat_id: "VAT number",
};
