/**
 * What the policy states about the running system: from the personal-data map, its periods, the
 * register.
 */
import { mapped } from "../personal_data.ts";
import type { Basis, Category, Column, Purpose } from "../personal_data/columns.ts";
import { files } from "../personal_data/files.ts";
import * as processors from "../processors.ts";
import { retentionClasses, type RetentionName, type StartEvent } from "../retention_classes.ts";
import type { Purpose as OwnPurpose } from "../purposes.ts";
import type { AnySql } from "../pool.ts";

export interface PeriodFact {
  class: RetentionName;
  /** ISO 8601 duration counted from `starts`. */
  period: string;
  starts: StartEvent;
  toYearEnd: boolean;
}

export interface ProcessorFact {
  name: string;
  service: { de: string; en: string };
  /** ISO codes of the countries where the data are processed. */
  countries: string[];
  /** ISO code of the country where the firm is based; null if unknown. */
  seat: string | null;
  /** Whether it currently receives data. */
  active: boolean;
}

/** A statutory retention period: years from the end of the calendar year. */
export interface StatutoryFact {
  records: "books" | "vouchers" | "letters";
  years: number;
  source: string;
}

export interface Facts {
  /** Categories of data about users, for whom the provider is the controller. */
  categories: Category[];
  purposes: { purpose: OwnPurpose; bases: Basis[]; categories: Category[] }[];
  periods: PeriodFact[];
  statutory: StatutoryFact[];
  processors: ProcessorFact[];
}

/** HGB 257, AO 147 as of 1 January 2025; periods begin at the end of the calendar year. */
const statutory: readonly StatutoryFact[] = [
  { records: "books", years: 10, source: "§ 147 Abs. 3 AO, § 257 Abs. 4 HGB" },
  { records: "vouchers", years: 8, source: "§ 147 Abs. 3 AO, § 257 Abs. 4 HGB, § 14b UStG" },
  { records: "letters", years: 6, source: "§ 147 Abs. 3 AO, § 257 Abs. 4 HGB" },
];

/** The four purposes of clause 3.2, in the order given there. */
const purposes: readonly OwnPurpose[] = ["provision", "communication", "security", "legal"];
/** Categories that tell a reader nothing: identifiers, copies, the program's own state. */
const silent: readonly Category[] = ["reference", "copy", "technical"];

/** The current facts; the processors come from their register. */
export function facts(processors: readonly ProcessorFact[]): Facts {
  const columns = [...mapped().values(), ...storeColumns()];
  const own = columns.filter(({ role, category, subject }) =>
    role === "controller" && subject !== "none" && !silent.includes(category)
  );
  const ofUsers = own.filter(({ subject }) => subject === "user" || subject === "visitor");
  return {
    categories: unique(ofUsers.map(({ category }) => category)),
    purposes: purposes.map((purpose) => {
      const used = own.filter((column) => column.purpose === purpose);
      return {
        purpose,
        bases: unique(used.map(({ basis }) => basis)),
        categories: unique(used.map(({ category }) => category)),
      };
    }),
    periods: unique(
      columns.filter(({ subject }) => subject !== "none")
        .map(({ retention }) => retention),
    ).map(periodOf),
    statutory: [...statutory],
    processors: [...processors],
  };
}

type Fact = Pick<Column, "category" | "subject" | "purpose" | "basis" | "role" | "retention">;

/** The processors in the register; only those that its own gate admits receive data. */
export async function listProcessors(sql: AnySql): Promise<ProcessorFact[]> {
  const all = await processors.list(sql);
  return all
    .map((each) => ({
      name: each.name,
      service: { de: each.serviceDe, en: each.serviceEn },
      countries: each.processingCountries,
      seat: each.seatCountry,
      active: processors.isOpen(each),
    }))
    .sort((a, b) => a.name < b.name ? -1 : Number(a.name > b.name));
}

/** Files and logs hold personal data just as tables do. */
function storeColumns(): Fact[] {
  return Object.values(files).flatMap(({ categories, ...store }) =>
    categories.map((category) => ({ ...store, category }))
  );
}

/** A retention class as readers see it. */
export function periodOf(name: RetentionName): PeriodFact {
  const { period, starts, ...rest } = retentionClasses[name];
  return { class: name, period, starts, toYearEnd: "toYearEnd" in rest };
}

/** Each value once, in an order independent of where tables are in the map. */
const unique = <T extends Category | Basis | Purpose | RetentionName>(all: T[]): T[] =>
  [...new Set(all)].sort();
