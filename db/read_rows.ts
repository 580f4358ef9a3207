/**
 * Releases rows once they have been read. A query of postgres.js sets two functions on itself,
 * which makes V8 treat it as long-lived: each query, with all its rows, would stay until the next
 * full garbage collection. Moving dead rows around took a quarter of a page's time.
 */

/** What a query resolves to instead of its rows, until everybody awaiting it has taken them. */
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
 * Makes queries of this kind keep no rows. Whoever awaits one before or while it is answered gets
 * its rows; anybody later is refused. A query without rows can be awaited at any time.
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
  // Everybody awaiting it has been woken before this runs.
  queueMicrotask(() => box.rows = null);
}

function take(value: unknown, done?: Handler, failed?: Handler): unknown {
  const rows = value instanceof Box ? value.rows : value;
  if (rows !== null) return done ? done(rows) : rows;
  const error = new TypeError("the rows of a query are read when they come");
  if (!failed) throw error;
  return failed(error);
}
