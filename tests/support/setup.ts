/** Who sets up the product in tests, and what they enter. */
export const admin = {
  name: "Henrike Lüttfeld",
  email: "henrike@luettfeld.example",
  password: "drehstrom-kupfer-91",
};

/** The form of the set-up, filled in. */
export const setupFields = {
  "admin.name": admin.name,
  "admin.email": admin.email,
  "admin.password": admin.password,
  "provider.name": "Lüttfeld Handels GmbH",
  "provider.legalForm": "GmbH",
  "provider.street": "Am Güterbahnhof 7",
  "provider.postalCode": "20457",
  "provider.city": "Hamburg",
  "provider.country": "DE",
  "provider.email": "info@luettfeld.example",
  "provider.dpoName": "Wiebke Uhlenkamp",
  "provider.dpoEmail": "dsb@luettfeld.example",
  tenantName: "",
};
