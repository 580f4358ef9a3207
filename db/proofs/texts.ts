/** Proofs about the policy itself: its text unchanged, its facts true, its readers informed. */
import { canonical, current, digestOf, type Policy } from "../policies.ts";
import { facts, listProcessors } from "../policies/facts.ts";
import type { Section } from "../policies/clauses.ts";
import { placeholders } from "../policies/clauses.ts";
import * as notices from "../policy_notices.ts";
import type { Sql } from "../pool.ts";
import * as providers from "../provider.ts";
import type { Outcome } from "../proofs.ts";

/** 1.2, 8.1: every published version still has the hash that the officer approved. */
export async function policyText(sql: Sql): Promise<Outcome> {
  const versions = await sql<{ number: number; content: never; sha256: string; status: string }[]>`
    select number, content, sha256, status
    from policies
    where status in ('published', 'in_force', 'superseded')
    order by number
    limit 1000
  `;
  const changed = versions.filter(({ content, sha256 }) => digestOf(content) !== sha256);
  const inForce = versions.some(({ status }) => status === "in_force");
  return {
    passed: inForce && changed.length === 0,
    figures: { versions: versions.length, changed: changed.length, inForce: Number(inForce) },
  };
}

/**
 * 1.2, 3.1, 4.2: what the current version says about fields, periods and processors is still true.
 */
export async function policyFacts(sql: Sql): Promise<Outcome> {
  const policy = await current(sql);
  if (!policy?.content) return { passed: false, figures: { inForce: 0 } };
  const live = facts(await listProcessors(sql));
  const told = policy.content.facts;
  const names = Object.keys(live) as (keyof typeof live)[];
  const differing = names.filter((name) => canonical(live[name]) !== canonical(told[name]));
  return {
    passed: differing.length === 0,
    figures: {
      facts: names.length,
      differing: differing.length,
      ...Object.fromEntries(differing.map((name) => [name, 1])),
    },
  };
}

/**
 * 2.1: no detail of the provider that the imprint and the policy need is missing, and the version in
 * force names how the provider and its officer are reached today.
 */
export async function providerComplete(sql: Sql): Promise<Outcome> {
  const provider = await providers.lookup(sql);
  const empty = provider ? providers.missing(provider) : ["provider"];
  const policy = await current(sql);
  const sections: Section[] = policy?.content ? [...policy.content.de, ...policy.content.en] : [];
  const gaps = placeholders(sections);
  const outdated = provider && policy?.content ? outdatedIn(policy, provider) : [];
  return {
    passed: empty.length + gaps.length + outdated.length === 0,
    figures: {
      missing: empty.length,
      placeholders: gaps.length,
      outdated: outdated.length,
    },
  };
}

/** What the built-in text of each clause states of the provider; own words may say it differently. */
const stated = {
  "2.1": ["name", "street", "postalCode", "city", "email"],
  "2.2": ["dpoName", "dpoEmail"],
} as const;

/** The details that have changed since the version was composed. */
function outdatedIn({ content, texts }: Policy, provider: providers.Provider): string[] {
  const all = content!.de.flatMap(({ clauses }) => clauses);
  return all.flatMap(({ number, paragraphs }) => {
    if (number !== "2.1" && number !== "2.2" || texts[number]) return [];
    const text = paragraphs.join("\n");
    return stated[number].filter((name) => !text.includes(provider[name].trim()));
  });
}

/**
 * 8.2: every active user has a record of the current version, which took effect only after its
 * notice period since publication.
 */
export async function everyoneNotified(sql: Sql): Promise<Outcome> {
  const policy = await current(sql);
  if (!policy) return { passed: false, figures: { inForce: 0 } };
  const missing = await notices.listNotNotified(sql, policy.id, 1000);
  const tally = await notices.count(sql, policy.id);
  const stuck = await notices.countStuck(sql, policy.id);
  // Before the first version there is nobody to inform.
  const [{ hasty }] = await sql<[{ hasty: number }]>`
    select count(*)::int as hasty
    from policies p
    where p.status = 'in_force'
      and p.material
      and exists (
        select
        from policies e
        where e.number < p.number
          and e.status = 'superseded'
      )
      and (p.in_force_at at time zone 'Europe/Berlin')::date
        <= (p.published_at at time zone 'Europe/Berlin')::date + p.notice_days
  `;
  return {
    passed: missing.length + stuck + hasty === 0,
    figures: {
      told: tally.sent,
      queued: tally.queued,
      bounced: missing.filter(({ bounced }) => bounced).length,
      missing: missing.length + stuck,
      hasty,
    },
  };
}
