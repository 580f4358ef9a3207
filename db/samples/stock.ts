/** A trading company's complete data as rows of tables, generated from a seed in batches. */
import { newId } from "../ids.ts";
import { between, iso, isoDay, workingInstant } from "./days.ts";
import { type Batch, Rows } from "./rows.ts";
import { Dice } from "./dice.ts";
import { type SampleCompany, sampleCompany, type Status, street } from "./companies.ts";
import { asciiName, type Person, person } from "./persons.ts";
import { home } from "./places.ts";
import {
  companyNotes,
  contactNotes,
  customerTrades,
  kindOfStatus,
  positions,
  sources,
  supplierPositions,
  tagNames,
  type Trade,
} from "./trade_words.ts";

export interface Plan {
  tenantId: string;
  importId: string;
  seed: number;
  contacts: number;
  companies: number;
  now: Date;
  /** Users among whom the records are divided; with none, records have no owner. */
  owners: readonly string[];
  /** Ids of the tags by name. */
  tags: ReadonlyMap<string, string>;
}

/** Every tag that may be used. */
export const allTags: readonly string[] = Object.values(tagNames).flat();

/** Generates the data; a batch holds about `size` contacts with everything that belongs to them. */
export function* batches(plan: Plan, size = 2_000): Generator<Batch> {
  const draw = new Stock(plan);
  for (let index = 0; index < plan.companies; index++) {
    draw.company(index);
    if (draw.rows.batch.contacts.length >= size) yield draw.rows.take();
  }
  while (draw.contacts < plan.contacts) {
    draw.privatePerson();
    if (draw.rows.batch.contacts.length >= size) yield draw.rows.take();
  }
  yield draw.rows.take();
}

const bases: Record<Exclude<Status, "lead">, readonly [basis: string, purpose: string]> = {
  customer: ["contract", "customer_care"],
  supplier: ["contract", "supply"],
  partner: ["legitimate_interest", "customer_care"],
  prospect: ["pre_contract", "sales"],
  former: ["legal_obligation", "legal_duty"],
};

/** Sources without the person's involvement: Art. 14 GDPR gives a month to inform them. */
const indirect = new Set(["Empfehlung", "Altes Kundensystem"]);

/** One contact in this many is entered twice. */
const apart = 150;

/** A last name typed without umlauts. */
const hurried = (name: string) =>
  name.replace(/[äöüß]/g, (letter) => ({ ä: "ae", ö: "oe", ü: "ue", ß: "ss" })[letter]!);

class Stock {
  contacts = 0;
  readonly rows: Rows;
  readonly #dice: Dice;
  readonly #now: number;
  readonly #taken = new Set<string>();
  readonly #privateMails = new Set<string>();
  #number = 10_000;
  #previous: string | null = null;

  constructor(readonly plan: Plan) {
    this.#dice = new Dice(plan.seed);
    this.#now = plan.now.getTime();
    this.rows = new Rows(plan.tenantId, plan.tags, this.#dice, this.#now);
  }

  /** A company and its share of the contacts; about one contact in twelve belongs to none. */
  company(index: number): void {
    const dice = this.#dice;
    const drawn = sampleCompany(dice, index, this.#taken);
    const id = newId();
    const created = workingInstant(dice, this.#now, 7);
    const touched = between(dice, created, this.#now);
    const customer = drawn.status === "customer" || drawn.status === "former";
    const { plan } = this;
    this.rows.batch.companies.push({
      tenant_id: plan.tenantId,
      id,
      name: drawn.name,
      legal_form: drawn.legalForm,
      industry: drawn.trade.industry,
      status: drawn.status,
      customer_number: customer ? String(++this.#number) : "",
      vat_id: drawn.vatId,
      register_court: drawn.registerCourt,
      register_number: drawn.registerNumber,
      website: `https://www.${drawn.domain}`,
      notes: dice.percent(35) ? this.#note(companyNotes, drawn.status, drawn.trade) : "",
      source: dice.weighted(sources),
      owner_id: this.#owner(),
      import_id: plan.importId,
      last_touch_at: iso(touched),
      created_at: iso(created),
      created_by: this.#owner(),
      updated_at: iso(touched),
    });
    const of = { company_id: id, contact_id: null };
    this.rows.email(of, "work", `info@${drawn.domain}`);
    this.rows.created("company", this.rows.batch.companies.at(-1)!);
    if (drawn.trunk) this.rows.phone(of, "work", `${drawn.trunk}0`);
    this.rows.address(of, drawn.status === "customer" ? "billing" : "work", drawn);
    this.rows.tag("company_tags", { company_id: id }, drawn.status, 30);
    const share = plan.contacts * 0.92 / plan.companies;
    const wanted = Math.round(
      share * dice.weighted<number>([[0.2, 30], [0.6, 30], [1, 20], [2, 14], [4, 6]]),
    );
    const people = Math.min(Math.max(1, wanted), plan.contacts - this.contacts);
    const mails = new Set<string>();
    for (let n = 0; n < people && this.contacts < plan.contacts; n++) {
      this.#employee(drawn, id, created, n, mails);
    }
    this.#previous = id;
  }

  privatePerson(): void {
    const dice = this.#dice;
    const drawn = person(dice);
    const trade = dice.pickCommon(customerTrades);
    const status = dice.weighted<Status>([["customer", 50], ["lead", 35], ["former", 15]]);
    const id = this.#contact(drawn, status, "", workingInstant(dice, this.#now, 6), trade);
    const of = { contact_id: id, company_id: null };
    if (dice.percent(88)) {
      const base = `${asciiName(drawn.firstName)}.${asciiName(drawn.lastName)}`;
      let address = base;
      while (this.#privateMails.has(address)) address = `${base}${dice.int(2, 99_999)}`;
      this.#privateMails.add(address);
      this.rows.email(of, "home", `${address}@example.org`);
    }
    if (dice.percent(30)) this.rows.mobilePhone(of);
    const place = dice.pickCommon(home);
    if (dice.percent(85)) this.rows.address(of, "home", { place, street: street(dice, place) });
  }

  #employee(
    at: SampleCompany,
    companyId: string,
    founded: number,
    n: number,
    mails: Set<string>,
  ): void {
    const dice = this.#dice;
    const drawn = person(dice);
    const [hers, his] = dice.weighted(at.status === "supplier" ? supplierPositions : positions);
    const position = drawn.woman ? hers : his;
    const created = dice.percent(40) ? founded : between(dice, founded, this.#now);
    const id = this.#contact(drawn, at.status, position, created, at.trade);
    const of = { contact_id: id, company_id: null };
    const base = { tenant_id: this.plan.tenantId, contact_id: id, department: "" };
    this.rows.batch.affiliations.push({
      ...base,
      id: newId(),
      company_id: companyId,
      role: position,
      is_primary: true,
      since_on: dice.percent(25) ? isoDay(created, -dice.int(100, 3000)) : null,
      until_on: null,
    });
    if (this.#previous && dice.percent(3)) {
      this.rows.batch.affiliations.push({
        ...base,
        id: newId(),
        company_id: this.#previous,
        role: "",
        is_primary: false,
        since_on: null,
        until_on: isoDay(created, -dice.int(10, 100)),
      });
    }
    const [first, last] = [asciiName(drawn.firstName), asciiName(drawn.lastName)];
    const mail = [`${first}.${last}`, `${first.slice(0, 1)}.${last}`, `${first}.${last}.${n}`]
      .slice(dice.percent(80) ? 0 : 1).find((each) => !mails.has(each))!;
    mails.add(mail);
    const twice = this.contacts % apart === 10 && this.contacts < this.plan.contacts;
    if (twice || dice.percent(93)) this.rows.email(of, "work", `${mail}@${at.domain}`);
    if (at.trunk && dice.percent(72)) this.rows.phone(of, "work", `${at.trunk}${10 + n}`);
    if (dice.percent(14)) this.rows.mobilePhone(of);
    if (dice.percent(65)) this.rows.address(of, "work", at);
    if (!twice) return;
    // Entered again by somebody in a hurry, as happens in every company.
    const again = { ...drawn, title: "", lastName: hurried(drawn.lastName) };
    const twin = this.#contact(again, at.status, "", between(dice, created, this.#now), at.trade);
    this.rows.batch.affiliations.push({
      ...base,
      id: newId(),
      contact_id: twin,
      company_id: companyId,
      role: "",
      is_primary: true,
      since_on: null,
      until_on: null,
    });
    const reached = { contact_id: twin, company_id: null };
    this.rows.email(reached, "work", `${mail}@${at.domain}`);
    this.rows.mobilePhone(reached);
  }

  #contact(drawn: Person, status: Status, position: string, created: number, trade: Trade): string {
    const dice = this.#dice;
    const { plan } = this;
    const id = newId();
    const touched = between(dice, created, this.#now);
    const consenting = status === "lead" && dice.percent(45);
    const [basis, purpose] = status !== "lead"
      ? bases[status]
      : consenting
      ? ["consent", "marketing"]
      : ["legitimate_interest", "sales"];
    const source = consenting ? "Website-Formular" : dice.weighted(sources);
    const noticed = indirect.has(source) ? created + dice.int(2, 25) * 86_400_000 : created;
    const year = Number(iso(touched).slice(0, 4));
    this.rows.batch.contacts.push({
      tenant_id: plan.tenantId,
      id,
      salutation: drawn.salutation,
      title: drawn.title,
      first_name: drawn.firstName,
      name_prefix: drawn.namePrefix,
      last_name: drawn.lastName,
      address_form: dice.percent(12) ? "informal" : "formal",
      language: dice.percent(4) ? "en" : "de",
      position,
      birthday: dice.percent(5) ? birthday(dice) : null,
      customer_number: position === "" && status === "customer" && dice.percent(50)
        ? String(++this.#number)
        : "",
      status,
      owner_id: this.#owner(),
      notes: dice.percent(28) ? this.#note(contactNotes, status, trade) : "",
      source,
      source_channel: "sample",
      legal_basis: basis,
      purpose,
      notice_due_on: indirect.has(source) ? isoDay(created, 30) : null,
      notice_sent_at: noticed <= this.#now ? iso(noticed) : null,
      retain_until: status === "former" ? `${year + 8}-12-31` : null,
      retain_reason: status === "former" ? "Rechnungen, § 147 AO" : null,
      import_id: plan.importId,
      last_touch_at: iso(touched),
      created_at: iso(created),
      created_by: this.#owner(),
      updated_at: iso(touched),
    });
    this.rows.created("contact", this.rows.batch.contacts.at(-1)!);
    this.contacts++;
    if (consenting) this.rows.consent(id, created);
    this.rows.tag("contact_tags", { contact_id: id }, status, 26);
    return id;
  }

  #note(notes: typeof contactNotes | typeof companyNotes, status: Status, trade: Trade): string {
    const fitting: readonly string[] = notes[kindOfStatus[status]];
    const note = this.#dice.pick(this.#dice.percent(60) ? fitting : notes.any);
    return note.replace("{buys}", this.#dice.pick(trade.buys));
  }

  #owner(): string | null {
    const { owners } = this.plan;
    return owners.length > 0 && this.#dice.percent(88) ? this.#dice.pick(owners) : null;
  }
}

function birthday(dice: Dice): string {
  const two = (n: number) => String(n).padStart(2, "0");
  const year = dice.percent(30) ? "-" : dice.int(1958, 2003);
  return `${year}-${two(dice.int(1, 12))}-${two(dice.int(1, 28))}`;
}
