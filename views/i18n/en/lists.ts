/** Lists of contacts and companies: filters, columns, views. */
export const lists = {
  chip_remove: "Remove filter",
  chips: "Active filters",
  created_from: "Created from",
  created_to: "Created until",
  empty: "Empty fields",
  empty_address: "no address",
  empty_company: "no company",
  empty_email: "no e-mail",
  empty_owner: "no owner",
  empty_phone: "no phone",
  further: "More filters",
  place: "City or postcode",
  touch_from: "Changed from",
  touch_to: "Changed until",
};
