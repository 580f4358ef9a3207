/** Proofs about the provider's duties: contacts, balancing tests, data locations, improvements. */
import * as agreementGaps from "../agreement_gaps.ts";
import * as authorities from "../authorities.ts";
import * as balancing from "../balancing_tests.ts";
import { now, today } from "../clock.ts";
import type { Sql } from "../pool.ts";
import * as checks from "../processor_checks.ts";
import * as filePlaces from "../file_places.ts";
import * as agreements from "../processing_agreements.ts";
import * as processors from "../processors.ts";
import * as providers from "../provider.ts";
import type { Outcome } from "../proofs.ts";
import { system, withScope } from "../scope.ts";
import { storeNames } from "../stores.ts";
import * as tenants from "../tenants.ts";

/** Maximum age in milliseconds of the last mail that the officer's server accepted. */
const probeAge = 35 * 86_400_000;
/** The checks run daily; an older answer, in milliseconds, says nothing about today. */
const freshFor = 2 * 86_400_000;
/** The checks that ask IONOS where data are located. */
const placeChecks = ["bucket_location", "database_location"] as const;
/** Clause 7.2: the maximum age of the measures' last change. */
const improvement = { months: 6 };

/** 2.2: the officer's server accepted a mail recently. */
export async function officerReached(sql: Sql): Promise<Outcome> {
  const [probe] = await sql<{ status: string; settledAt: Date | null }[]>`
    select status, settled_at
    from officer_probes
    where settled_at is not null
    order by queued_at desc
    limit 1
  `;
  const age = probe ? now().getTime() - probe.settledAt!.getTime() : Infinity;
  return {
    passed: probe?.status === "sent" && age <= probeAge,
    figures: probe ? { state: probe.status, days: Math.floor(age / 86_400_000) } : { probes: 0 },
  };
}

/**
 * 2.3: every customer has accepted the processing agreement, and nothing is processed that it does
 * not settle. Which ones have to be agreed again is only reported: until then those accepted hold.
 */
export async function agreementsAccepted(sql: Sql): Promise<Outcome> {
  const [row] = await sql<{ customers: number; accepted: number }[]>`
    select customers, accepted
    from agreements_accepted()
  `;
  const provider = await providers.lookup(sql);
  const name = provider ? providers.nameOf(provider) : "";
  const figures = { outdated: 0, uncovered: 0 };
  for await (const tenantId of tenants.each(sql)) {
    await withScope(sql, { tenantId, actor: system }, async (scope) => {
      const accepted = await agreements.lookup(scope);
      if (!accepted) return;
      const needed = agreements.substanceOf(name, (await tenants.find(scope)).name);
      if (agreements.outdatedBy(accepted, needed, []).length === 0) return;
      figures.outdated++;
      if (await agreementGaps.hasGap(scope, accepted, needed)) figures.uncovered++;
    });
  }
  return {
    passed: row!.accepted === row!.customers && figures.uncovered === 0,
    figures: { customers: row!.customers, accepted: row!.accepted, ...figures },
  };
}

/** 3.3: every legitimate interest has a balancing test from the last twelve months. */
export async function interestsWeighed(sql: Sql): Promise<Outcome> {
  const all = await balancing.list(sql);
  const overdue = all.filter((each) => each.overdue);
  return {
    passed: overdue.length === 0,
    figures: { interests: all.length, overdue: overdue.length },
  };
}

/**
 * 4.1: every store has a location, which the database allows only inside the EEA. If our object
 * storage and database at IONOS are connected, their own recent answers confirm it.
 */
export async function storesLocated(sql: Sql): Promise<Outcome> {
  const rows = await sql<{ name: string; country: string }[]>`select name, country from stores`;
  const missing = storeNames.filter((name) => !rows.some((row) => row.name === name));
  const asked = await askedPlaces(sql);
  // Files in a bucket that nobody has asked about could be anywhere.
  const unasked = asked.length === 0 && filePlaces.holdsFiles(await filePlaces.find(sql));
  return {
    passed: missing.length === 0 && asked.every(({ passed }) => passed) && !unasked,
    figures: {
      stores: storeNames.length,
      missing: missing.length,
      asked: asked.length,
      refuted: asked.filter(({ passed }) => !passed).length + Number(unasked),
      ...Object.fromEntries(rows.map(({ name, country }) => [name, country])),
    },
  };
}

/** What IONOS itself last said about each location; an answer that is too old counts as none. */
async function askedPlaces(sql: Sql): Promise<{ passed: boolean }[]> {
  const ionos = await processors.lookupByAdapter(sql, "ionos");
  if (!ionos?.connected || !processors.isOpen(ionos)) return [];
  const latest = await checks.latest(sql, ionos.id);
  return placeChecks.map((kind) => {
    const found = latest.find((each) => each.kind === kind);
    const fresh = found && now().getTime() - found.at.getTime() <= freshFor;
    return { passed: Boolean(fresh && found.passed) };
  });
}

/** 6.7: the complaint page names exactly one authority as the provider's own. */
export async function authorityNamed(sql: Sql): Promise<Outcome> {
  const provider = await providers.lookup(sql);
  const land = provider && authorities.isLand(provider.land) ? provider.land : "";
  const own = provider ? authorities.competent(provider.country, land) : [];
  return {
    passed: own.length === 1,
    figures: { competent: own.length, authorities: authorities.list().length },
  };
}

/** 7.2: the measures were worked on within the last six months; the set-up counts as a start. */
export async function measuresImproved(sql: Sql): Promise<Outcome> {
  const [row] = await sql<{ last: string | null; entries: number }[]>`
    select
      greatest(
        (select max(changed_on) from measure_changes),
        (select (created_at at time zone 'Europe/Berlin')::date from provider)
      ) as last,
      (select count(*)::int from measure_changes) as entries
  `;
  const last = row?.last ?? null;
  return {
    passed: last !== null &&
      Temporal.PlainDate.from(last).add(improvement).toString() >= today(),
    figures: { entries: row?.entries ?? 0, ...(last ? { last } : {}) },
  };
}
