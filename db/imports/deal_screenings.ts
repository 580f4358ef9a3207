/**
 * Decides deal by deal whether it is new and what it becomes, from what `deal_matches.lookup`
 * found.
 */
import { most as mostPersons } from "../deal_contacts.ts";
import { newId } from "../ids.ts";
import { dayOf, instantOf } from "../local_times.ts";
import type { LostReason } from "../lost_reasons.ts";
import { currencies } from "../money.ts";
import type { Pipeline } from "../pipelines.ts";
import type { Assignees } from "./assignees.ts";
import type { Choice } from "./choices.ts";
import type { NewCompany, NewDeal, Part } from "./deal_inserts.ts";
import { type DealMatches, namesIn } from "./deal_matches.ts";
import { placeOf } from "./deal_places.ts";
import { note } from "./deal_rows.ts";
import { type Finding, finding } from "./findings.ts";
import { nameOf } from "./matches.ts";
import type { Plan } from "./plans.ts";
import { problem } from "./problems.ts";
import type { ImportedDeal, ImportedRecord } from "./records.ts";
import { SeenKeys } from "./seen_keys.ts";
import { tagNames } from "./texts.ts";

/** The pipelines and settings for placing deals. */
export interface Placing {
  pipelines: readonly [Pipeline, ...Pipeline[]];
  reasons: readonly LostReason[];
  /** Who is responsible; the default owner takes deals without one, if those would be invisible. */
  owners: Assignees;
  plan: Plan;
  /**
   * Values that the importing user's role may not write do not distinguish deals, as they may be
   * hidden.
   */
  blind: { amount: boolean; close: boolean };
  /** Users' decisions about single rows. */
  choices: ReadonlyMap<number, Choice>;
  /** Tags of the run. */
  tags: readonly string[];
  now: Date;
}

export interface ScreenedDeals {
  deals: NewDeal[];
  companies: NewCompany[];
  findings: Finding[];
}

/** Remembers across all batches of a file which deals and companies have already occurred. */
export class DealScreening {
  #rows = new SeenKeys();
  #companies = new Map<string, string>();
  /** Headings by target, for values that go into the notes. */
  #headings: ReadonlyMap<string, string>;

  constructor(readonly placing: Placing) {
    this.#headings = new Map(placing.plan.columns.map(({ target, name }) => [target, name]));
  }

  /** Screens the next batch. */
  take(batch: readonly ImportedRecord[], matches: DealMatches): ScreenedDeals {
    const made: ScreenedDeals = { deals: [], companies: [], findings: [] };
    for (const record of batch) {
      const { row, rejected, skipped, warnings, deal } = record;
      const report = (outcome: Finding["outcome"], problems: Finding["problems"]) =>
        made.findings.push({ row, outcome, problems, contactId: null, companyId: null });
      if (rejected) report("rejected", [rejected]);
      else if (skipped) report("skipped", [problem(row, "", "", skipped)]);
      else if (deal) {
        this.#deal(record, deal, matches, made);
        if (warnings.length > 0) report("warning", warnings.slice(0, 20));
      }
    }
    return made;
  }

  #deal(record: ImportedRecord, deal: ImportedDeal, matches: DealMatches, made: ScreenedDeals) {
    const key = matches.folded.get(deal.name) ?? deal.name;
    const company = nameOf(record.companies[0]?.name ?? "");
    const companyKey = matches.folded.get(company) ?? company;
    const known = this.#companies.get(companyKey) ?? matches.companies.get(companyKey) ?? null;
    // What distinguishes two deals without identifiers.
    const { blind } = this.placing;
    const amount = blind.amount ? null : deal.amountCents;
    const close = blind.close ? null : deal.expectedCloseOn;
    const sign = deal.uid || JSON.stringify([key, companyKey, amount, close]);
    const earlier = this.#rows.get(sign);
    const anyway = this.placing.choices.get(record.row) === "create";
    if (earlier !== undefined && !anyway) {
      const params = { row: earlier };
      return void made.findings.push(
        finding(record, "duplicate", "duplicate_in_file", deal.name, params),
      );
    }
    this.#rows.set(sign, record.row);
    const likes = company === "" || known !== null ? matches.deals.get(key) ?? [] : [];
    const stocked = matches.uids.has(deal.uid) ||
      likes.some((each) =>
        (deal.uid === "" || each.uid === "") && each.companyId === known &&
        (blind.amount || each.amountCents === amount) &&
        (blind.close || each.expectedCloseOn === close)
      );
    if (stocked && !anyway) {
      return void made.findings.push(
        finding(record, "duplicate", "duplicate_deal_in_stock", deal.name),
      );
    }
    made.deals.push(this.#made(record, deal, matches, {
      companyId: company === "" ? null : known ?? this.#found(company, companyKey, made),
    }));
  }

  /** A company that exists neither in the database nor earlier in the file. */
  #found(name: string, key: string, { companies }: ScreenedDeals): string {
    const id = newId();
    companies.push({ id, name });
    this.#companies.set(key, id);
    return id;
  }

  #made(
    record: ImportedRecord,
    deal: ImportedDeal,
    matches: DealMatches,
    { companyId }: { companyId: string | null },
  ): NewDeal {
    const { plan, tags, now, pipelines } = this.placing;
    const placed = placeOf(deal, pipelines, plan.stages);
    if (!placed.certain) {
      this.#warn(record, "deal.stage", deal.stage, "deal_stage_assumed", placed.stage.name);
    }
    const { stage } = placed;
    const closedAt = stage.kind === "open" ? null : closedOf(deal, now);
    const createdAt = at(deal.createdOn, closedAt ?? now) ?? closedAt ?? now;
    const lostReasonId = stage.kind === "lost" ? this.#reason(record, deal) : null;
    const ownerId = this.#owner(record, deal);
    const persons = this.#persons(record, deal, matches);
    return {
      id: newId(),
      fields: {
        title: deal.name,
        companyId,
        amountCents: deal.amountCents,
        currency: deal.currency || currencies[0],
        expectedCloseOn: deal.expectedCloseOn,
        ownerId,
        source: deal.source,
        notes: deal.notes,
        externalUid: deal.uid.slice(0, 200),
      },
      place: {
        pipelineId: stage.pipelineId,
        stageId: stage.id,
        status: stage.kind,
        stageSince: closedAt ?? now,
        closedAt,
        lostReasonId,
      },
      createdAt,
      persons,
      tags: tagNames(deal.tags, tags),
      custom: deal.custom,
    };
  }

  #owner(record: ImportedRecord, deal: ImportedDeal): string | null {
    const { owners } = this.placing;
    const unknown = deal.owner !== "" && owners.find(deal.owner) === undefined;
    if (unknown) this.#keep(record, deal, "deal.owner", deal.owner, "deal_owner_unknown");
    return owners.ownerOf(deal.owner);
  }

  #reason(record: ImportedRecord, deal: ImportedDeal): string | null {
    const word = deal.lostReason.toLowerCase();
    if (word === "") return null;
    const found = this.placing.reasons.find(({ name }) => name.toLowerCase() === word);
    if (!found) this.#keep(record, deal, "deal.lostReason", deal.lostReason, "deal_reason_unknown");
    return found?.id ?? null;
  }

  /**
   * Persons not found for certain are left out: a note could contain persons who were erased or are
   * restricted, and the report must not contain addresses unknown to us.
   */
  #persons(record: ImportedRecord, deal: ImportedDeal, { persons }: DealMatches): Part[] {
    const roles = new Map<string, string>();
    const missing: string[] = [];
    for (const text of deal.persons) {
      const [whole, ...parts] = namesIn(text);
      for (
        const { name, role } of persons.has(whole.name) || parts.length === 0 ? [whole] : parts
      ) {
        const id = persons.get(name);
        if (id) roles.set(id, roles.get(id) || role.slice(0, 100));
        else missing.push(name);
      }
    }
    // An unknown address says nothing about somebody who was found by name.
    const shown = roles.size > 0 ? missing.filter((name) => !name.includes("@")) : missing;
    for (const name of shown) {
      const bare = name.includes("@");
      this.#warn(
        record,
        bare ? "email" : "deal.person",
        bare ? "" : name,
        bare ? "deal_address_unknown" : "deal_person_unknown",
      );
    }
    return [...roles].slice(0, mostPersons).map(([contactId, role]) => ({ contactId, role }));
  }

  #keep(
    record: ImportedRecord,
    deal: ImportedDeal,
    target: string,
    text: string,
    code: Parameters<typeof problem>[3],
  ): void {
    this.#warn(record, target, text, code);
    note(deal, { column: this.#headings.get(target) || "–", text });
  }

  #warn(
    { row, warnings }: ImportedRecord,
    target: string,
    text: string,
    code: Parameters<typeof problem>[3],
    stage = "",
  ): void {
    const column = this.#headings.get(target) ?? this.#headings.get("deal.person") ?? "";
    warnings.push(problem(row, column, text, code, stage === "" ? {} : { stage }));
  }
}

/** When a deal was decided: the day in the file, or the planned one, but never in the future. */
function closedOf({ closedOn, expectedCloseOn }: ImportedDeal, now: Date): Date {
  return at(closedOn, now) ?? at(expectedCloseOn, now) ?? now;
}

/** Noon of a day up to `latest`, or `latest` itself on its own day; null for later days. */
function at(day: string | null, latest: Date): Date | null {
  if (day === null || day > dayOf(latest)) return null;
  const noon = instantOf(day, "12:00");
  return noon < latest ? noon : latest;
}
