/**
 * One process of a floor: `floor.tsx render PORT` serves the contact list from fixed rows, without
 * a database; `floor.tsx query SECONDS` asks the bare list query in its Scope over and over.
 * Standard input brings the database's address and the tenant.
 */
import { Hono } from "hono";
import { elapsed, now } from "../../db/clock.ts";
import * as choices from "../../db/choices.ts";
import * as lists from "../../db/contact_lists.ts";
import { bound } from "../../db/record_counts.ts";
import { openPool } from "../../db/pool.ts";
import { can } from "../../db/roles.ts";
import { system, withScope } from "../../db/scope.ts";
import { loadAssets } from "../../routes/assets.ts";
import { ContactIndex } from "../../views/contacts/index.tsx";
import { formatter } from "../../views/format.ts";
import { translator } from "../../views/i18n/translate.ts";
import { Shell } from "../../views/shell.tsx";
import type { View } from "../../views/view.ts";

const [kind, argument] = Deno.args;
const { url, tenantId } = await new Response(Deno.stdin.readable).json();
const pool = openPool(url, { max: 4, name: "kompaktcrm floor" });
const filter = { q: "", tag: null, owner: null, status: null, company: null };
const order = { sort: "name", descending: false } as const;
const who = { tenantId, actor: system };
const list = () => withScope(pool, who, (scope) => lists.list(scope, filter, order, null));

if (kind === "render") await serve(Number(argument));
else await ask(Number(argument) * 1000);

async function serve(port: number): Promise<void> {
  const offered = await withScope(pool, who, choices.list);
  const page = await list();
  await pool.end();
  const total = { count: bound, bound };
  const assets = await loadAssets();
  const app = new Hono().get("/contacts", (c) => {
    const view: View = {
      t: translator("de"),
      locale: "de",
      format: formatter("de", now()),
      can: (action) => can("owner", action),
      shows: () => true,
      edits: () => true,
      hides: false,
      fixed: () => [],
      now: now(),
      path: "/contacts",
      theme: "auto",
      user: {
        name: "Berta Bench",
        email: "bench@crm.example",
        role: "owner",
        tenantName: "Bench",
        tenantSlug: "bench",
        operator: false,
        tenants: 1,
        unread: 0,
      },
      flash: null,
      policy: null,
      asset: assets.url,
    };
    const props = {
      view,
      page,
      total,
      asked: { filter, order, columns: null, view: null },
      choices: offered,
      views: [],
      cells: new Map(),
      companyName: null,
    };
    return c.html(<Shell view={view} title="Kontakte">{<ContactIndex {...props} />}</Shell>);
  });
  Deno.serve({ hostname: "127.0.0.1", port, reusePort: true }, app.fetch);
}

async function ask(milliseconds: number): Promise<void> {
  let answers = 0;
  const until = elapsed() + milliseconds;
  const loop = async () => {
    for (; elapsed() < until; answers++) await list();
  };
  await Promise.all([loop(), loop(), loop(), loop()]);
  await pool.end();
  console.log(`answers ${answers}`);
}
