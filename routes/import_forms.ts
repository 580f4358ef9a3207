/** The forms of an import's pages: what they send, and how they are filled in. */
import { z } from "zod";
import type { Grounds, Import, Options } from "../db/imports.ts";
import { isId } from "../db/ids.ts";
import { stagesIn } from "../db/imports/deal_columns.ts";
import type { Hints, Inspection } from "../db/imports/inspections.ts";
import { type Choice, choices } from "../db/imports/choices.ts";
import * as kinds from "../db/imports/kinds.ts";
import { type Existing, existings } from "../db/imports/merges.ts";
import { encodings, hasSheets, type Plan, type PlanColumn } from "../db/imports/plans.ts";
import { isTarget, type Target } from "../db/imports/targets.ts";
import { legalBases, type Origin, origins, type Purpose } from "../db/origins.ts";
import type { Translate } from "../views/i18n/translate.ts";
import type { FormState } from "../views/ui/form.tsx";
import { maybe, tagNames } from "./records.ts";

const originNames = Object.keys(origins) as [Origin, ...Origin[]];
export const purposes: readonly Purpose[] = [
  "customer_care",
  "sales",
  "marketing",
  "supply",
  "legal_duty",
];
const fileKinds = ["contacts", "companies", "mixed", "deals", "newsletter", "other"] as const;

/** The value that leaves rows without an owner. */
export const nobody = "nobody";

const mapped = z.record(z.string(), z.string()).optional().default({});
const orders = z.enum(["dmy", "mdy", "ymd"]);

/** How the file is to be read; every setting may be missing. */
const reading = {
  kind: z.enum(fileKinds).optional(),
  encoding: z.enum(encodings).optional(),
  separator: z.string().min(1).max(1).optional(),
  sheet: z.string().min(1).max(200).optional(),
  header: z.string().trim().regex(/^\d{0,4}$/, "integer").optional(),
  country: z.string().regex(/^[A-Z]{2}$/, "option").optional(),
};

export const Reading = z.object({
  ...reading,
  kind: z.enum(fileKinds).optional().catch(undefined),
});

export const Settings = z.object({
  ...reading,
  target: mapped,
  dates: z.record(z.string(), orders).optional().default({}),
  stage: mapped,
  owner: mapped,
  origin: z.enum(originNames, "required"),
  sourceDetail: maybe(200),
  legalBasis: z.union([z.literal(""), z.enum(legalBases as [typeof legalBases[number]])], "option")
    .optional().default(""),
  purpose: z.union([z.literal(""), z.enum(purposes as [Purpose])], "option").optional().default(""),
  tags: maybe(300),
  ownerId: z.union([z.uuid(), z.literal("")], "option").optional().default(""),
  existing: z.enum(existings as [Existing, ...Existing[]], "option").optional().default("skip"),
}).refine(({ origin, sourceDetail }) => origin !== "other" || sourceDetail !== "", {
  path: ["sourceDetail"],
  error: "contacts.source_detail_missing",
});

type Settled = z.output<typeof Settings>;

/** Decisions about single rows, by `r` and the row's number; an empty one leaves it to the run. */
export const Choices = z.object({
  choice: z.record(z.string(), z.string()).optional().default({}).transform((sent) =>
    new Map(
      Object.entries(sent).slice(0, 200).flatMap(([name, value]): [number, Choice | null][] => {
        const row = /^r(\d{1,7})$/.exec(name)?.[1];
        const choice = choices.find((each) => each === value) ?? null;
        return row && (choice || value === "") ? [[Number(row), choice]] : [];
      }),
    )
  ),
  rows: z.string().optional().default(""),
  after: z.string().optional().default(""),
});

/** The form of an import as it is settled so far. */
export function valuesOf({ options, legalBasis, purpose }: Import): FormState["values"] {
  const { plan, tags, origin, sourceDetail, existing = "skip", ownerId = "" } = options!;
  return {
    ownerId,
    existing,
    origin: origin ?? "",
    sourceDetail,
    legalBasis: legalBasis ?? "",
    purpose: purpose ?? "",
    tags: tags.join(", "),
    kind: plan.kind,
    encoding: plan.encoding,
    separator: plan.dialect.separator,
    sheet: plan.sheet ?? "",
    header: String(plan.header),
    country: plan.country,
    ...Object.fromEntries(
      plan.columns.flatMap(({ dates }, at) => dates ? [[`dates.c${at}`, dates]] : []),
    ),
  };
}

/** The plan with what the form changed. */
function settledPlan(plan: Plan, { kind, country, target, dates }: Settled): Plan {
  const other = kind !== undefined && kind !== plan.kind;
  const columns = other ? kinds.renamed(plan.columns, kind) : plan.columns;
  return {
    ...plan,
    kind: kind ?? plan.kind,
    country: country ?? plan.country,
    columns: columns.map((column, at) => {
      // The form sends along what the column was before.
      const left = target[`c${at}`] === plan.columns[at]!.target;
      const chosen = left ? column.target : target[`c${at}`];
      const order = dates[`c${at}`] ?? column.dates;
      const changed = chosen !== undefined && isTarget(chosen) && chosen !== column.target;
      return changed ? moved(column, chosen, order) : { ...column, dates: order };
    }),
  };
}

/** A column sent elsewhere joins the address, e-mail or phone it may belong to. */
function moved(column: PlanColumn, target: Target, dates: PlanColumn["dates"]): PlanColumn {
  const group = /address\./.test(target) ? "address" : /^(?:email|phone)/.exec(target)?.[0] ?? "";
  return { ...column, target, group, dates, confidence: 1 };
}

/** What the form says about the file, for another look at it. */
export function hintsOf(
  { encoding, separator, sheet, header, country }: z.output<typeof Reading>,
  { options, inspection }: Import,
  locale: "de" | "en",
  home: string,
): Hints {
  const { plan } = options!;
  // What nobody has set is guessed from the file again: it may read differently now.
  const untouched = (country === undefined || country === plan.country) &&
    plan.country === (inspection?.land?.country ?? home);
  const isCsv = plan.format === "csv";
  const isBook = hasSheets(plan);
  // The header of one sheet says nothing about that of another.
  const sameSheet = isBook && (sheet ?? plan.sheet) === plan.sheet;
  return {
    encoding: encoding ?? plan.encoding,
    ...(isCsv && separator ? { separator } : {}),
    ...(isBook && sheet ? { sheet } : {}),
    ...((isCsv || sameSheet) && header ? { header: Number(header) } : {}),
    ...(untouched ? { home } : { country: country ?? plan.country }),
    locale,
  };
}

/** The names of stages found in a file of deals, as far as it was scanned. */
export const stageWords = (
  plan: Plan,
  { stages, samples }: Pick<Inspection, "stages" | "samples">,
): string[] =>
  plan.kind !== "deals"
    ? []
    : stages ?? stagesIn(plan.columns, (at) => samples.map(({ cells }) => cells[at] ?? ""));

/** Source, basis and purpose of the run: as usual for the origin unless chosen. */
export function groundsOf(t: Translate, settled: Settled): Grounds {
  const { origin, sourceDetail, legalBasis, purpose } = settled;
  const rule = origins[origin];
  const label = t(`contacts.origin_${origin}`);
  return {
    source: origin === "other" ? sourceDetail : [label, sourceDetail].filter(Boolean).join(": "),
    legalBasis: legalBasis || rule.legalBasis,
    purpose: purpose || rule.purpose,
  };
}

/** Who owns rows whose named owner is not a user here; null for nobody. */
function takersIn(
  { owner }: Settled,
  { owners }: Pick<Inspection, "owners">,
): [name: string, userId: string | null][] {
  return (owners?.names ?? []).flatMap(({ name }, at): [string, string | null][] => {
    const taker = owner[`o${at}`];
    return taker ? [[name, taker === nobody ? null : taker]] : [];
  });
}

/** What is kept with the import to read the file by and to fill the form again. */
export function optionsOf(
  plan: Plan,
  settled: Settled,
  inspection: Pick<Inspection, "stages" | "samples" | "owners">,
): Options {
  const words = stageWords(plan, inspection);
  const chosen = words.flatMap((word, at) => {
    const id = settled.stage[`s${at}`];
    return id && isId(id) ? [[word, id]] : [];
  });
  const { owners: _, ...read } = settledPlan(plan, settled);
  const takers = takersIn(settled, inspection);
  return {
    plan: {
      ...read,
      ...(chosen.length > 0 ? { stages: Object.fromEntries(chosen) } : {}),
      ...(takers.length > 0 ? { owners: Object.fromEntries(takers) } : {}),
    },
    existing: settled.existing,
    tags: tagNames({ tags: [], newTags: settled.tags }),
    ...(settled.ownerId ? { ownerId: settled.ownerId } : {}),
    origin: settled.origin,
    sourceDetail: settled.sourceDetail,
  };
}
