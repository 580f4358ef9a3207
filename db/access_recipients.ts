/** Who receives a person's data, for answers to rights of access (Art. 15(1)(c) GDPR). */
import * as controllers from "./controllers.ts";
import { isInside } from "./processor_gates.ts";
import * as processors from "./processors.ts";
import type { Scope } from "./scope.ts";

/** The controller, and those who work for it. */
export interface Parties {
  controller: controllers.Controller;
  /** The processors that work on the data on the controller's behalf. */
  recipients: { name: string; serviceDe: string; serviceEn: string; countries: string[] }[];
  /** Who runs the software for the controller; null if the controller does so itself. */
  operator: { name: string; country: string } | null;
  /** Whether all of them are based and work within the EEA. */
  inside: boolean;
}

/** The controller of the scope's tenant, its operator and the processors in use. */
export async function recipientsOf(scope: Scope): Promise<Parties> {
  const controller = await controllers.find(scope);
  const operator = await operatorOf(scope, controller);
  const all = await processors.list(scope.sql);
  const recipients = all.filter((each) => processors.isOpen(each, scope.now)).map(
    ({ name, serviceDe, serviceEn, processingCountries: countries }) => ({
      name,
      serviceDe,
      serviceEn,
      countries,
    }),
  );
  const inside = [...recipients.flatMap(({ countries }) => countries), operator?.country ?? "DE"]
    .every(isInside);
  return { controller, recipients, operator, inside };
}

async function operatorOf(
  { sql }: Scope,
  { id, name }: controllers.Controller,
): Promise<Parties["operator"]> {
  if (id === controllers.providerId) return null;
  const provider = await controllers.findProvider(sql);
  return ["", name].includes(provider.name)
    ? null
    : { name: provider.name, country: provider.country };
}
