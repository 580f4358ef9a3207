/** Finds the handlers of an address by its shape: trying several hundred routes costs as much as a query. */
import type { Params, Result, Router } from "hono/router";
import { TrieRouter } from "hono/router/trie-router";

/** Ids as we generate them: no route pattern distinguishes one from another. */
const id = /(?<=\/)[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}(?=\/|$)/g;
/** How many shapes are remembered, and how long each may be. */
const most = 1_000;
const longest = 200;

/** A handler with its parameters, each by the place of its id in the address. */
type Found<T> = readonly [handler: T, places: readonly (readonly [name: string, place: number])[]];

/**
 * Hono's router for patterns of all kinds. It remembers what it found where an address has no
 * parameters but such ids: an address with a token of a link, or a name, is never kept.
 */
export class RememberingRouter<T> implements Router<T> {
  readonly name = "RememberingRouter";
  private readonly routes = new TrieRouter<T>();
  private readonly known = new Map<string, readonly Found<T>[]>();

  add(method: string, path: string, handler: T): void {
    this.known.clear();
    this.routes.add(method, path, handler);
  }

  match(method: string, path: string): Result<T> {
    // It stands for an id in a shape.
    if (path.includes("\0")) return this.routes.match(method, path);
    const ids: string[] = [];
    const shape = path.replace(id, (each) => {
      ids.push(each);
      return "\0";
    });
    const key = `${method} ${shape}`;
    const known = this.known.get(key);
    if (known) return [known.map(([handler, places]) => [handler, filled(places, ids)])];
    const result = this.routes.match(method, path);
    const found = placed(result as [[T, Params][]], ids);
    if (found && key.length <= longest) {
      if (this.known.size >= most) this.known.clear();
      this.known.set(key, found);
    }
    return result;
  }
}

const none: Params = Object.freeze(Object.create(null));

function filled(places: Found<unknown>[1], ids: readonly string[]): Params {
  if (places.length === 0) return none;
  const params: Params = Object.create(null);
  for (const [name, place] of places) params[name] = ids[place]!;
  return params;
}

/** What was found with ids by their places; null where a parameter is anything else. */
function placed<T>([handlers]: [[T, Params][]], ids: readonly string[]): Found<T>[] | null {
  if (new Set(ids).size < ids.length) return null;
  const found = handlers.map(([handler, params]) =>
    [
      handler,
      Object.entries(params).map(([name, value]) => [name, ids.indexOf(value)] as const),
    ] as const
  );
  return found.some(([, places]) => places.some(([, place]) => place < 0)) ? null : found;
}
