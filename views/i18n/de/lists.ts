/** Lists of contacts and companies: filters, columns, views. */
export const lists = {
  chip_remove: "Filter entfernen",
  chips: "Aktive Filter",
  created_from: "Angelegt ab",
  created_to: "Angelegt bis",
  empty: "Leere Felder",
  empty_address: "ohne Anschrift",
  empty_company: "ohne Firma",
  empty_email: "ohne E-Mail",
  empty_owner: "niemand zuständig",
  empty_phone: "ohne Telefon",
  further: "Weitere Filter",
  place: "Ort oder PLZ",
  touch_from: "Geändert ab",
  touch_to: "Geändert bis",
};
