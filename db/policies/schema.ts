/**
 * The published schema of the machine-readable policy, as JSON Schema generated from a zod shape.
 */
import { z } from "zod";
import { clauses } from "./clauses.ts";

const country = z.string().regex(/^[A-Z]{2}$/);

const section = z.object({
  number: z.string(),
  title: z.string(),
  clauses: z.array(z.object({
    number: z.enum(clauses),
    title: z.string(),
    paragraphs: z.array(z.string()),
    table: z.object({ head: z.array(z.string()), rows: z.array(z.array(z.string())) }).optional(),
    apart: z.literal(true).optional(),
  })),
});

/** The document at `/.well-known/privacy-policy.json`. */
export const PolicyDocument = z.object({
  policy: z.object({
    $schema: z.url(),
    version: z.int().positive(),
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    inForceSince: z.iso.datetime(),
    url: z.url(),
    clauses: z.object({ de: z.array(section), en: z.array(section) }),
    categories: z.array(z.string()),
    purposes: z.array(z.object({
      purpose: z.enum(["provision", "communication", "security", "legal"]),
      bases: z.array(z.enum(["b", "c", "f", "tenant"])),
      categories: z.array(z.string()),
    })),
    periods: z.array(z.object({
      class: z.string(),
      period: z.iso.duration(),
      starts: z.string(),
      toYearEnd: z.boolean(),
    })),
    statutory: z.array(z.object({
      records: z.enum(["books", "vouchers", "letters"]),
      years: z.int().positive(),
      source: z.string(),
    })),
    processors: z.array(z.object({
      name: z.string(),
      service: z.object({ de: z.string(), en: z.string() }),
      countries: z.array(country),
      seat: country.nullable(),
      active: z.boolean(),
    })),
    proofs: z.array(z.object({
      id: z.string(),
      clauses: z.array(z.enum(clauses)),
      state: z.enum(["passed", "failed", "not_yet_proven"]),
      checkedAt: z.iso.datetime().nullable(),
      figures: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
    })),
  }),
  /** A compact JWS whose payload is `policy` as JSON. */
  signature: z.string().regex(/^[\w-]+\.[\w-]+\.[\w-]+$/),
});

/** The schema as published at this address. */
export const policySchema = (baseUrl: string) => ({
  ...z.toJSONSchema(PolicyDocument, { target: "draft-2020-12" }),
  $id: `${baseUrl}/.well-known/privacy-policy.schema.json`,
});
