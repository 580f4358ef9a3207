/**
 * Informs customers and users of a breach that concerns them, and the operators of possible ones.
 */
import { today } from "../db/clock.ts";
import { findProvider, providerId } from "../db/controllers.ts";
import * as signs from "../db/incident_signs.ts";
import * as deliveries from "../db/incident_deliveries.ts";
import * as told from "../db/incident_notices.ts";
import * as incidents from "../db/incidents.ts";
import * as mails from "../db/mails.ts";
import * as officers from "../db/officers.ts";
import * as providers from "../db/provider.ts";
import * as versions from "../db/register_versions.ts";
import * as notices from "../db/retention_notices.ts";
import { type Scope, system, withScope } from "../db/scope.ts";
import * as tenants from "../db/tenants.ts";
import { plainJob } from "./job.ts";

/** Loaded when there is something to write, because they bring the texts of all pages with them. */
const letters = () => import("../views/mail/incidents.ts");

/**
 * Writes to the owners, admins and officer of each customer, and again when more is known; a second
 * run writes to nobody twice.
 */
export const notifyOfIncident = plainJob(
  "tell_incident",
  async ({ pool, signal, config: { baseUrl }, log }, { incidentId }) => {
    const { incidentNotice } = await letters();
    const contact = (await providers.lookup(pool))?.dpoEmail ?? "";
    const rounds = [
      { kind: "incident_notice", list: told.listNotNotified, mark: told.markNotified },
      { kind: "incident_supplement", list: told.listNotSupplemented, mark: told.markSupplemented },
    ] as const;
    for (const { kind, list, mark } of rounds) {
      for (let ids = await list(pool, incidentId); ids.length > 0;) {
        for (const tenantId of ids) {
          signal.throwIfAborted();
          await withScope(pool, { tenantId, actor: system }, async (scope) => {
            if (!await mark(scope.sql, incidentId, tenantId)) return;
            // Read for each: more may become known while many are written to.
            const incident = await incidents.find(scope.sql, incidentId);
            const readers = await responsible(scope);
            const { name: customer } = await tenants.find(scope);
            if (readers.length === 0) await deliveries.noteMail(scope, incidentId, null);
            for (const { email, ...reader } of readers) {
              const letter = incidentNotice({
                ...reader,
                incident,
                contact,
                customer,
                supplement: kind === "incident_supplement",
                baseUrl,
                now: scope.now,
              });
              const mailId = await mails.send(scope.sql, {
                tenantId,
                kind,
                to: email,
                ...letter,
              });
              await deliveries.noteMail(scope, incidentId, mailId);
            }
          });
        }
        log.info("customers told of an incident", { count: ids.length });
        ids = await list(pool, incidentId);
      }
    }
    await versions.keepIncident(pool, incidentId, { actor: "program" });
  },
);

/** Who has to judge for a customer: owners, admins and its data protection officer. */
async function responsible(scope: Scope): Promise<notices.Admin[]> {
  const admins = await notices.listAdmins(scope);
  const officer = await officers.recipientOf(scope, today());
  const known = officer === null ||
    admins.some(({ email }) => email.toLowerCase() === officer.email.toLowerCase());
  return known ? admins : [...admins, { email: officer.email, name: "", locale: officer.language }];
}

/** Writes once to everybody with a log-in at the customers concerned (Art. 34 GDPR). */
export const notifyPersonsOfIncident = plainJob(
  "tell_incident_persons",
  async ({ pool, signal, config: { baseUrl }, log }, { incidentId }) => {
    const { incidentLetter } = await letters();
    const incident = await incidents.find(pool, incidentId);
    if (incident.risk !== "high") return;
    const { name: controller } = await findProvider(pool);
    const contact = (await providers.lookup(pool))?.dpoEmail ?? "";
    let count = 0;
    for (const tenantId of await told.listConcerned(pool, incidentId)) {
      for (let found = 1; found > 0;) {
        signal.throwIfAborted();
        found = await withScope(pool, { tenantId, actor: system }, async (scope) => {
          const persons = await told.notNotifiedPersons(scope, incidentId);
          for (const { id, email, ...reader } of persons) {
            if (!await told.markWritten(scope, incidentId, id)) continue;
            const letter = incidentLetter({
              ...reader,
              incident,
              contact,
              controller,
              baseUrl,
              now: scope.now,
            });
            const mailId = await mails.send(scope.sql, {
              // The provider, not the tenant, is the controller for the person's own log-in.
              tenantId: null,
              kind: "incident_letter",
              to: email,
              ...letter,
            });
            await deliveries.noteLetter(scope, incidentId, id, mailId);
            count++;
          }
          return persons.length;
        });
      }
    }
    await versions.keepIncident(pool, incidentId, { actor: "program" });
    log.info("persons notified of an incident", { count });
  },
);

/** Checks the log-ins and exports of the last day; a second run on a day writes to nobody again. */
export const lookForIncidents = plainJob(
  "look_for_incidents",
  async ({ pool, config: { baseUrl } }) => {
    const found = await signs.find(pool);
    if (!signs.any(found)) return;
    const { signsLetter } = await letters();
    await withScope(pool, { tenantId: providerId, actor: system }, async (scope) => {
      if (await signs.isReported(scope)) return;
      for (const { email, ...reader } of await signs.listOperators(scope.sql)) {
        const letter = signsLetter({ ...reader, signs: found, baseUrl });
        await mails.send(scope.sql, {
          tenantId: null,
          kind: "incident_signs",
          to: email,
          ...letter,
        });
      }
    });
  },
);
