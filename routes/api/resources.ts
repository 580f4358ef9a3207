/** A noun of the API: five routes over the functions its pages use, and their description. */
import { z } from "zod";
import type { Order } from "../../db/record_lists.ts";
import { NotFound } from "../../db/errors.ts";
import { hold } from "../../db/held_records.ts";
import * as mergeEnds from "../../db/merge_ends.ts";
import type { Cursor, Page } from "../../db/pages.ts";
import type { Kind as RecordKind } from "../../db/record_kinds.ts";
import type { Action } from "../../db/roles.ts";
import * as sights from "../../db/sights.ts";
import { arrived } from "../bodies.ts";
import { idPart } from "../fields.ts";
import { type Ctx, web } from "../web.tsx";
import { answerRecord, assertUnchanged, bodyOf, claimed } from "./bodies.ts";
import { bounded, may, scoped } from "./callers.ts";
import { assertWritable, seen, seenBy } from "./field_rights.ts";
import { answerPage } from "./listing.ts";

export type Noun = "contacts" | "companies" | "deals" | "activities";

/** What a noun is made of; bodies have been checked against their schema before. */
export interface Parts<
  Create extends z.ZodType,
  Change extends z.ZodType,
  Row extends { id: string },
  Wanted extends { cursor: Cursor; order?: Order },
> {
  noun: Noun;
  /** What merges call it, where its records can be merged. */
  merged?: RecordKind;
  /** Its name in field rights, if a tenant can set any. */
  limited?: RecordKind;
  rights: { read: Action; write: Action; remove: Action };
  /** The parameters of its list. */
  filters: z.ZodType;
  schemas: { Create: Create; Change: Change; Item: z.ZodType; Row: z.ZodType };
  wanted: (c: Ctx) => Wanted | Promise<Wanted>;
  list: (c: Ctx, wanted: Wanted) => Promise<Page<Row>>;
  /** Whether the list is read by more than one question, the next made of an answer. */
  asksFirst?: (c: Ctx, wanted: Wanted) => boolean;
  rowOf: (row: Row) => unknown;
  /** The living record as it is answered; throws NotFound. */
  find: (c: Ctx, id: string) => Promise<{ id: string }>;
  create: (c: Ctx, id: string, body: z.output<Create>) => Promise<void>;
  /** Writes the fields sent over the record as it stands; whether it may be is asked before. */
  update: (c: Ctx, id: string, body: z.output<Change>) => Promise<void>;
  remove: (c: Ctx, id: string) => Promise<void>;
}

/** What in a record reveals others. */
const elsewhere = [
  ...["about", "companies", "companyId", "companyName", "contacts", "parentId", "parentName"],
];

/** The routes of a noun, beside the parts that its description is made from. */
export function resource<
  Create extends z.ZodType,
  Change extends z.ZodType,
  Row extends { id: string },
  Wanted extends { cursor: Cursor; order?: Order },
>(parts: Parts<Create, Change, Row, Wanted>) {
  const { noun, rights: { read, write, remove }, schemas, limited } = parts;
  const home = `/api/v1/${noun}`;
  const find = async (c: Ctx, id: string) => seen(c, limited, await parts.find(c, id));
  /** The record, or the way to the one that it was merged into; throws NotFound. */
  const found = async (c: Ctx, id: string): Promise<{ id: string } | Response> => {
    try {
      return await find(c, id);
    } catch (error) {
      if (!(error instanceof NotFound) || !parts.merged) throw error;
      const to = await mergeEnds.successor(c.var.scope, parts.merged, id);
      if (!to) throw error;
      return c.body(null, 308, { Location: `${home}/${to}` });
    }
  };
  /** The record after a change, as its user sees it; if handed over, without what concerns others. */
  const written = async (c: Ctx, id: string, before: object): Promise<{ id: string }> => {
    try {
      return await sights.narrowly(c.var.scope, () => find(c, id));
    } catch (error) {
      if (!(error instanceof NotFound)) throw error;
      const known = Object.entries(before).filter(([name]) => elsewhere.includes(name));
      return { ...await find(c, id), ...Object.fromEntries(known) };
    }
  };
  /** What was made before; its id alone where its user has given it away since, or it is gone. */
  const again = (c: Ctx, id: string): Promise<{ id: string }> =>
    find(c, id).catch((error) => {
      if (error instanceof NotFound) return { id };
      throw error;
    });
  const routes = web.createApp()
    .get("/", may(read), scoped, async (c) => {
      const wanted = await parts.wanted(c);
      const listed = parts.list(c, wanted);
      if (!parts.asksFirst?.(c, wanted)) c.var.scope.conclude();
      const shown = seenBy(c, limited);
      return answerPage(
        c,
        await listed,
        wanted.cursor,
        (row) => shown(parts.rowOf(row) as object),
      );
    })
    // The body comes before the transaction: who sends it slowly holds no connection.
    .post("/", may(write), bounded, arrived(), scoped, async (c) => {
      const { value, text } = await bodyOf(c, schemas.Create);
      assertWritable(c, limited, value as object);
      const { id, replayed } = await claimed(c, text);
      if (!replayed) await parts.create(c, id, value);
      const record = replayed ? await again(c, id) : await written(c, id, {});
      return answerRecord(c, record, { path: home, replayed });
    })
    .get(
      `/${idPart}`,
      may(read),
      scoped,
      async (c) => {
        const record = await found(c, c.req.param("id"));
        return record instanceof Response ? record : answerRecord(c, record);
      },
    )
    .patch(`/${idPart}`, may(write), bounded, arrived(), scoped, async (c) => {
      const id = c.req.param("id");
      const { value } = await bodyOf(c, schemas.Change);
      // Locked once the body has arrived: nobody waits for a slow one, nothing changes behind the ETag.
      await hold(c.var.scope, noun, id);
      const before = await found(c, id);
      if (before instanceof Response) return before;
      assertUnchanged(c, before, true);
      assertWritable(c, limited, value as object);
      await parts.update(c, id, value);
      return answerRecord(c, await written(c, id, before));
    })
    // A removal is not forwarded: deleting one of two merged records does not mean the other.
    .delete(`/${idPart}`, may(remove), scoped, async (c) => {
      const id = c.req.param("id");
      await hold(c.var.scope, noun, id);
      assertUnchanged(c, await find(c, id), false);
      await parts.remove(c, id);
      return c.body(null, 204);
    });
  return { ...parts, routes };
}
