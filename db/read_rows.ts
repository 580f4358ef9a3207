/**
 * Lets go of rows once they were read. A query of postgres.js sets two functions on itself, which V8
 * therefore takes for long-lived: with them it kept each query, and all of its rows, until the
 * whole heap was next searched. Moving dead rows about took a quarter of a page's time.
 */

/** What a query resolves to in place of its rows, until those who wait have taken them. */
class Box {
  constructor(public rows: unknown[] | null) {}
}

type Handler = (value: unknown) => unknown;

interface Query extends Promise<unknown> {
  args: unknown[];
  parameters?: unknown[];
  string?: string;
  signature: string;
  resolve(value: unknown): void;
}

const settling = Symbol("settling");
type Settling = Query & { [settling]: (value: unknown) => void };

/**
 * Makes queries of this kind hold no rows. Whoever awaits one before or while it is answered gets
 * its rows; who comes later is refused. What has no rows can be awaited at any time.
 */
export function letGo(query: Promise<unknown>): void {
  const kind = Object.getPrototypeOf(query) as Query;
  if (Object.hasOwn(kind, "resolve")) return;
  const wait = kind.then;
  Object.defineProperties(kind, {
    resolve: {
      set(this: Settling, settle: (value: unknown) => void) {
        this[settling] = settle;
      },
      get(this: Settling) {
        return (value: unknown) => settle(this, value);
      },
    },
    then: {
      value(this: Query, done?: Handler, failed?: Handler) {
        return wait.call(this, (value) => take(value, done, failed), failed);
      },
      writable: true,
      configurable: true,
    },
  });
}

function settle(query: Settling, value: unknown): void {
  if (!Array.isArray(value)) return query[settling](value);
  // What was sent may be larger than what came back.
  query.args = query.parameters = [];
  query.string = query.signature = "";
  if (value.length === 0) return query[settling](value);
  const box = new Box(value);
  query[settling](box);
  // Those who wait have been woken before this.
  queueMicrotask(() => box.rows = null);
}

function take(value: unknown, done?: Handler, failed?: Handler): unknown {
  const rows = value instanceof Box ? value.rows : value;
  if (rows !== null) return done ? done(rows) : rows;
  const error = new TypeError("the rows of a query are read when they come");
  if (!failed) throw error;
  return failed(error);
}
