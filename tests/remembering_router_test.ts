/** A remembered address is routed as without memory, however often and with whatever ids. */
import { deepEqual, equal } from "node:assert/strict";
import type { Params, Result } from "hono/router";
import { TrieRouter } from "hono/router/trie-router";
import { newId } from "../db/ids.ts";
import { createApp } from "../routes/app.tsx";
import { idPart, tokenPart } from "../routes/fields.ts";
import { RememberingRouter } from "../routes/remembering_router.ts";

/** Handlers and parameters as plain values. */
const plain = (result: Result<unknown>) =>
  (result as [[unknown, Params][]])[0].map(([handler, params]) => [handler, { ...params }]);

function both(routes: readonly (readonly [method: string, path: string, handler: unknown])[]) {
  const remembering = new RememberingRouter<unknown>();
  const trie = new TrieRouter<unknown>();
  for (const [method, path, handler] of routes) {
    remembering.add(method, path, handler);
    trie.add(method, path, handler);
  }
  return (method: string, path: string) => {
    const found = plain(remembering.match(method, path));
    deepEqual(found, plain(trie.match(method, path)), `${method} ${path}`);
    return found;
  };
}

Deno.test("handlers are the same at the first asking and at later ones, with other ids", () => {
  const match = both([
    ["ALL", "*", "session"],
    ["GET", "/contacts", "list"],
    ["GET", "/contacts/new", "form"],
    ["GET", `/contacts/${idPart}`, "record"],
    ["POST", `/contacts/${idPart}`, "update"],
    ["GET", `/contacts/${idPart}/files/:file{[0-9a-f-]{36}}`, "file"],
    ["GET", `/links/${tokenPart}`, "link"],
    ["GET", "/help/:topic", "help"],
  ]);
  const token = "x".repeat(43);
  for (let asked = 0; asked < 3; asked++) {
    const [one, other] = [newId(), newId()];
    const paths = ["/contacts", "/contacts/new", "/nowhere", `/links/${token}`, "/help/search"];
    for (const path of paths) match("GET", path);
    for (const id of [one, other, one.toUpperCase(), crypto.randomUUID(), "\0", "x"]) {
      match("GET", `/contacts/${id}`);
      match("POST", `/contacts/${id}`);
      match("GET", `/contacts/${id}/files/${other}`);
      match("GET", `/help/${id}`);
    }
    deepEqual(match("GET", `/contacts/${one}/files/${other}`).at(-1), [
      "file",
      { id: one, file: other },
    ]);
  }
});

Deno.test("every route of the app is found with and without memory", () => {
  const { routes } = createApp({} as Parameters<typeof createApp>[0]);
  const match = both(routes.map(({ method, path, handler }) => [method, path, handler] as const));
  const addresses = new Set(
    routes.map(({ path }) =>
      path.replaceAll(/:token\{[^/]*\}/g, "t".repeat(43)).replaceAll(/:\w+\{[^/]*\}/g, "§")
        .replaceAll(/:\w+/g, "§").replaceAll("*", "§")
    ),
  );
  equal(addresses.size > 300, true);
  for (let asked = 0; asked < 2; asked++) {
    for (const address of addresses) {
      for (const method of ["GET", "POST"]) {
        match(method, address.replaceAll("§", () => newId()));
        match(method, address.replaceAll("§", "word"));
      }
    }
  }
});
