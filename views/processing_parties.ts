/** Who answers for the processing that is recorded: the provider, its officer, its customers. */
import type { Customer } from "../db/processing_records.ts";
import type { Provider } from "../db/provider.ts";
import type { View } from "./view.ts";

/** Who answers for the processing, each by what they are: a name and how to reach them. */
export type Parties = [name: string, words: string][];

/**
 * The provider in its role and its officer, with their contact details (Art. 30(1)(a), (2)(a)).
 */
export function partiesOf(
  { t }: View,
  provider: Provider | null,
  role: "controller" | "processor",
): Parties {
  if (!provider) return [];
  const { name, street, postalCode, city, email, dpoName, dpoEmail } = provider;
  return [
    [t(`processing_records.${role}`), `${name}, ${street}, ${postalCode} ${city}, ${email}`],
    [t("setup.dpo"), `${dpoName}, ${dpoEmail}`],
  ];
}

/** The customers and their contact persons (Art. 30(2)(a)). */
export const customersText = (customers: readonly Customer[]): string =>
  customers.map(({ name, contactName, contactEmail }) =>
    contactEmail ? `${name} (${contactName}, ${contactEmail})` : name
  ).join("; ");

/** Customers on the page and in a cell of the CSV; the PDF names all. */
export const shownCustomers = 100;

/** The first of them, and where to find the others. */
export const someCustomers = ({ t }: View, customers: readonly Customer[]): string =>
  customersText(customers.slice(0, shownCustomers)) +
  (customers.length > shownCustomers ? ` ${t("processing_records.customers_more")}` : "");
