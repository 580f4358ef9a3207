/**
 * Informs customers and users of a breach that concerns them, and the operators of possible ones.
 */
import * as signs from "../db/incident_signs.ts";
import * as incidents from "../db/incidents.ts";
import * as mails from "../db/mails.ts";
import * as providers from "../db/provider.ts";
import * as notices from "../db/retention_notices.ts";
import { system, withScope } from "../db/scope.ts";
import { plainJob } from "./job.ts";

/** Loaded when there is something to write, because they bring the texts of all pages with them. */
const letters = () => import("../views/mail/incidents.ts");

/** Writes to the owners and admins of each customer; a second run writes to nobody twice. */
export const notifyOfIncident = plainJob(
  "tell_incident",
  async ({ pool, signal, config: { baseUrl }, log }, { incidentId }) => {
    const { incidentNotice } = await letters();
    const incident = await incidents.find(pool, incidentId);
    const contact = (await providers.lookup(pool))?.dpoEmail ?? "";
    for (let ids = await incidents.listNotNotified(pool, incidentId); ids.length > 0;) {
      for (const tenantId of ids) {
        signal.throwIfAborted();
        await withScope(pool, { tenantId, actor: system }, async (scope) => {
          if (!await incidents.markNotified(scope.sql, incidentId, tenantId)) return;
          for (const { email, ...reader } of await notices.listAdmins(scope)) {
            const letter = incidentNotice({
              ...reader,
              incident,
              contact,
              baseUrl,
              now: scope.now,
            });
            await mails.send(scope.sql, {
              tenantId,
              kind: "incident_notice",
              to: email,
              ...letter,
            });
          }
        });
      }
      log.info("customers told of an incident", { count: ids.length });
      ids = await incidents.listNotNotified(pool, incidentId);
    }
  },
);

/** Writes once to everybody with a log-in at the customers concerned (Art. 34 GDPR). */
export const notifyPersonsOfIncident = plainJob(
  "tell_incident_persons",
  async ({ pool, signal, config: { baseUrl }, log }, { incidentId }) => {
    const { incidentLetter } = await letters();
    const incident = await incidents.find(pool, incidentId);
    if (incident.risk !== "high") return;
    const contact = (await providers.lookup(pool))?.dpoEmail ?? "";
    let count = 0;
    for (const tenantId of await incidents.listConcerned(pool, incidentId)) {
      for (let found = 1; found > 0;) {
        signal.throwIfAborted();
        found = await withScope(pool, { tenantId, actor: system }, async (scope) => {
          const persons = await incidents.notNotifiedPersons(scope, incidentId);
          for (const { id, email, ...reader } of persons) {
            if (!await incidents.markWritten(scope, incidentId, id)) continue;
            const letter = incidentLetter({
              ...reader,
              incident,
              contact,
              baseUrl,
              now: scope.now,
            });
            await mails.send(scope.sql, {
              // The provider, not the tenant, is the controller for the person's own log-in.
              tenantId: null,
              kind: "incident_letter",
              to: email,
              ...letter,
            });
            count++;
          }
          return persons.length;
        });
      }
    }
    log.info("persons notified of an incident", { count });
  },
);

/** Checks the log-ins and exports of the last day. */
export const lookForIncidents = plainJob(
  "look_for_incidents",
  async ({ pool, config: { baseUrl } }) => {
    const found = await signs.find(pool);
    if (!signs.any(found)) return;
    const { signsLetter } = await letters();
    await pool.begin(async (sql) => {
      for (const { email, ...reader } of await signs.listOperators(sql)) {
        const letter = signsLetter({ ...reader, signs: found, baseUrl });
        await mails.send(sql, { tenantId: null, kind: "incident_signs", to: email, ...letter });
      }
    });
  },
);
