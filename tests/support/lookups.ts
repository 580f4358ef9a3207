/**
 * Records which parts of a request a route reads. Until its first read it behaves the same whatever
 * was sent, so parts it never reads need not be tried in every form.
 */
import { HonoRequest } from "hono/request";
import type { Client } from "./app.ts";

export interface Lookups {
  /** Parameters of the address that were asked for by name. */
  names: Set<string>;
  /** All parameters were read at once. */
  every: boolean;
  /** The body was used; it is read and discarded before any work begins. */
  body: boolean;
}

interface Watched extends Lookups {
  arrivals: { arrayBuffer: number; parseBody: number };
}

let watched: Watched | undefined;
let named = false;

const proto = HonoRequest.prototype;
const { query, queries, parseBody, arrayBuffer } = proto;
const url = Object.getOwnPropertyDescriptor(proto, "url")!.get!;

/** Every page reads its own address and language, in the same places. */
const isOfEvery = () => new Error().stack!.includes("/routes/view.ts:");

/** Notes a name, or that all were read; any address read meanwhile adds nothing. */
function noted<T>(request: HonoRequest, way: unknown, name?: string): T {
  if (watched && !isOfEvery()) {
    if (name === undefined) watched.every = true;
    else watched.names.add(name);
  }
  named = true;
  try {
    return (way as (name?: string) => T).call(request, name);
  } finally {
    named = false;
  }
}

/**
 * `arrived` in routes/bodies.ts reads each once, and reading the form reads the bytes once more.
 */
const ofArrival = { arrayBuffer: 2, parseBody: 1 };

function counted(which: keyof typeof ofArrival): void {
  if (watched && ++watched.arrivals[which] > ofArrival[which]) watched.body = true;
}

Object.assign(proto, {
  query(this: HonoRequest, name?: string) {
    return noted(this, query, name);
  },
  queries(this: HonoRequest, name?: string) {
    return noted(this, queries, name);
  },
  parseBody(this: HonoRequest, ...options: Parameters<typeof parseBody>) {
    counted("parseBody");
    return parseBody.apply(this, options);
  },
  arrayBuffer(this: HonoRequest) {
    counted("arrayBuffer");
    return arrayBuffer.call(this);
  },
});
for (const way of ["text", "json", "formData", "blob", "bytes"] as const) {
  const read = proto[way] as () => unknown;
  Object.assign(proto, {
    [way](this: HonoRequest) {
      if (watched) watched.body = true;
      return read.call(this);
    },
  });
}
Object.defineProperty(proto, "url", {
  configurable: true,
  get(this: HonoRequest) {
    if (watched && !named && !isOfEvery()) watched.every = true;
    return url.call(this);
  },
});

/** What is read while one request is answered; no other request may run meanwhile. */
export async function lookingUp<T>(
  client: Client,
  ask: () => Promise<T>,
): Promise<{ answer: T } & Lookups> {
  const now: Watched = {
    ...{ names: new Set(), every: false, body: false },
    arrivals: { arrayBuffer: 0, parseBody: 0 },
  };
  const { app } = client.test;
  const { request } = app;
  let sent: Request | undefined;
  app.request = (input, init, env) => {
    sent = new Request(input as string, init);
    return request.call(app, sent, undefined, env);
  };
  watched = now;
  try {
    const answer = await ask();
    // Read without any of the ways above.
    if (sent?.bodyUsed && now.arrivals.arrayBuffer === 0) now.body = true;
    return { answer, ...now };
  } finally {
    watched = undefined;
    app.request = request;
  }
}
