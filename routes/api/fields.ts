/** Pieces of the API's bodies that several nouns share, as programs send and get them. */
import { z } from "zod";
import { lengths } from "../../db/record_lengths.ts";
import { statuses } from "../lists.ts";

/** Text of at most so many characters, as it is stored. */
export const text = (most: number) => z.string().max(most);

export const id = z.uuid();
/** An instant in UTC. */
export const instant = z.iso.datetime();
/** A calendar day. */
export const day = z.iso.date();

export const Email = z.strictObject({
  address: text(254),
  kind: z.enum(["work", "home", "other"]).default("work"),
}).meta({ id: "Email" });

export const Phone = z.strictObject({
  number: text(lengths.phone).meta({
    description: "Read by the rules of the tenant's country; stored as E.164",
  }),
  kind: z.enum(["work", "mobile", "home", "fax", "other"]).default("work"),
}).meta({ id: "Phone" });

export const Address = z.strictObject({
  kind: z.enum(["work", "home", "billing", "shipping", "visit", "other"]).default("work"),
  street: text(lengths.street).default(""),
  extra: text(lengths.extra).default(""),
  poBox: text(lengths.poBox).default(""),
  postalCode: text(lengths.postalCode).default(""),
  city: text(lengths.city).default(""),
  region: text(lengths.region).default(""),
  country: z.string().regex(/^([A-Z]{2})?$/).default("").meta({
    description: "ISO 3166-1 alpha-2, or empty",
  }),
}).meta({ id: "Address" });

export const Tag = text(60).min(1);

/** What contacts and companies share, as it may be sent; a list takes the place of the one before. */
export const reach = {
  status: z.enum(statuses),
  ownerId: id.nullable().meta({ description: "A user with write access, or null" }),
  customerNumber: text(lengths.customerNumber),
  website: text(lengths.website),
  notes: text(lengths.notes),
  tags: z.array(Tag).max(50),
  emails: z.array(Email).max(50),
  phones: z.array(Phone).max(50),
  addresses: z.array(Address).max(50),
};

/** How a body that must not be sent whole is sent: each field may be left out. */
export const partial = <S extends z.ZodRawShape>(shape: S) => z.strictObject(shape).partial();

/** Fields that a tenant may hide from a role: they are then missing in answers. */
export const hideable = <S extends z.ZodRawShape>(shape: S, names: readonly (keyof S & string)[]) =>
  z.strictObject({
    ...shape,
    ...Object.fromEntries(names.map((name) => [name, z.optional(shape[name]!)])),
  });

/** What is said again of something that the program's user does not see any more. */
export const Made = z.strictObject({ id }).meta({
  id: "Made",
  description:
    "Created with this Idempotency-Key, but no longer visible to the user or since deleted",
});

/** What every record says of itself. */
export const base = { id, version: z.int().min(1) };
export const traces = {
  lastTouchAt: instant,
  createdAt: instant,
  updatedAt: instant,
};
