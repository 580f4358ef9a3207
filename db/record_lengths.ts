/**
 * The most characters of the texts of a contact, however they come in: by a form, the API, an
 * import or another controller. What one of them let pass alone, the form could not save again.
 */
export const lengths = {
  title: 60,
  firstName: 100,
  namePrefix: 40,
  lastName: 100,
  nameSuffix: 40,
  letterSalutation: 200,
  position: 100,
  customerNumber: 40,
  website: 300,
  notes: 20_000,
  source: 300,
  phone: 80,
  street: 200,
  extra: 300,
  poBox: 40,
  postalCode: 20,
  city: 100,
  region: 100,
  companyName: 200,
  role: 100,
  department: 100,
} as const;
