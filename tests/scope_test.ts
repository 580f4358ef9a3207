/** One transaction, one tenant: kept when it succeeds, gone when it does not, visible to nobody else. */
import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { Invalid, NotFound } from "../db/errors.ts";
import { newId } from "../db/ids.ts";
import { openPool, type Sql } from "../db/pool.ts";
import { type Scope, system, withScope } from "../db/scope.ts";
import { scoped, signedIn } from "../routes/guards.ts";
import { app, errors } from "./support/app.ts";
import { cast, tenant } from "./support/cast.ts";

const test = await app();
const { owner, appUrl } = test.db;

/** Routes that write and then fail, in the ways a handler can fail. */
const failures: Record<string, () => Error> = {
  missing: () => new NotFound("tag"),
  invalid: () => new Invalid("required", "name"),
  broken: () => new TypeError("a fault of ours"),
};
for (const [name, fault] of Object.entries(failures)) {
  test.app.post(`/test/${name}`, signedIn, scoped, async (c) => {
    await tag(c.var.scope, name);
    throw fault();
  });
}
test.app.post("/test/kept", signedIn, scoped, async (c) => {
  await tag(c.var.scope, "kept");
  return c.text("kept");
});
test.app.post("/test/swallowed", signedIn, scoped, async (c) => {
  await tag(c.var.scope, "swallowed");
  await c.var.scope.sql`select 1 / 0`.catch(() => {});
  return c.text("as if nothing had happened");
});

async function tag({ sql, tenantId, now }: Scope, name: string): Promise<void> {
  await sql`
    insert into tags (tenant_id, id, name, created_at)
    values (${tenantId}, ${newId()}, ${name}, ${now})
  `;
}

const tagsOf = async (tenantId: string) =>
  (await owner<{ name: string }[]>`
    select name
    from tags
    where tenant_id = ${tenantId}
    order by name
  `).map(({ name }) => name);

/** Which tenants a query without one in it sees. */
const seen = async (sql: Sql | Scope["sql"]) =>
  (await sql<{ tenantId: string }[]>`select distinct tenant_id from tags`).map((row) =>
    row.tenantId
  );

const inTenant = <T>(pool: Sql, tenantId: string, work: (scope: Scope) => Promise<T>) =>
  withScope(pool, { tenantId, actor: system }, work);

Deno.test("what goes on beside a failed query can write nothing once the scope has ended", async () => {
  const tenantId = await tenant(test, "Nachzügler");
  let late: Promise<void> | undefined;
  const slow = async (scope: Scope) => {
    await new Promise((done) => setTimeout(done, 50));
    await tag(scope, "late");
  };
  await rejects(
    inTenant(test.db.app, tenantId, async (scope) => {
      await Promise.all([Promise.reject(new NotFound("tag")), late = slow(scope)]);
    }),
    NotFound,
  );
  await rejects(late!, { code: "CONNECTION_CLOSED" });
  deepEqual(await tagsOf(tenantId), []);
});

Deno.test("what succeeds is kept and its result returned", async () => {
  const tenantId = await tenant(test, "Haus");
  const result = await inTenant(test.db.app, tenantId, async (scope) => {
    await tag(scope, "a");
    return 7;
  });
  equal(result, 7);
  deepEqual(await tagsOf(tenantId), ["a"]);
});

Deno.test("what throws leaves nothing, and the error comes out as it was", async () => {
  const tenantId = await tenant(test, "Haus");
  const fault = new NotFound("tag");
  await rejects(
    inTenant(test.db.app, tenantId, async (scope) => {
      await tag(scope, "a");
      throw fault;
    }),
    (error) => error === fault,
  );
  deepEqual(await tagsOf(tenantId), []);
});

Deno.test("a query that fails unnoticed dooms the whole transaction", async () => {
  const tenantId = await tenant(test, "Haus");
  await rejects(inTenant(test.db.app, tenantId, async (scope) => {
    await tag(scope, "a");
    await scope.sql`select 1 / 0`.catch(() => {});
  }));
  deepEqual(await tagsOf(tenantId), []);
});

Deno.test("on one connection no tenant leaks into the next transaction or query", async () => {
  const single = openPool(appUrl, { max: 1 });
  const [one, other] = [await tenant(test, "Haus"), await tenant(test, "Hof")];
  try {
    for (const tenantId of [one, other]) {
      await inTenant(single, tenantId, (scope) => tag(scope, "a"));
    }
    deepEqual(await inTenant(single, one, ({ sql }) => seen(sql)), [one]);
    deepEqual(await seen(single), []);
    deepEqual(await inTenant(single, other, ({ sql }) => seen(sql)), [other]);
    await inTenant(single, one, () => Promise.reject(new Error("over"))).catch(() => {});
    deepEqual(await seen(single), []);
  } finally {
    await single.end();
  }
});

Deno.test("many scopes at once see each their own tenant", async () => {
  const tenantIds = await Promise.all(Array.from({ length: 4 }, () => tenant(test, "Haus")));
  for (const tenantId of tenantIds) {
    await inTenant(test.db.app, tenantId, (scope) => tag(scope, "a"));
  }
  const views = await Promise.all(
    Array.from(
      { length: 60 },
      (_, index) =>
        inTenant(test.db.app, tenantIds[index % 4]!, async ({ sql }) => {
          await sql`select pg_sleep(random() / 100)`;
          return await seen(sql);
        }),
    ),
  );
  views.forEach((view, index) => deepEqual(view, [tenantIds[index % 4]]));
});

Deno.test("a tenant that is no UUID gets no transaction", async () => {
  for (const id of ["", "x", "'; reset role; --", `${newId()}' `]) {
    await rejects(inTenant(test.db.app, id, () => Promise.resolve()), TypeError, id);
  }
});

Deno.test("rows for another tenant are refused, whatever the query says", async () => {
  const [one, other] = [await tenant(test, "Haus"), await tenant(test, "Hof")];
  await rejects(
    inTenant(test.db.app, one, (scope) => tag({ ...scope, tenantId: other } as Scope, "a")),
    { code: "42501" },
  );
  deepEqual(await tagsOf(other), []);
});

Deno.test("a handler that succeeds keeps what it wrote", async () => {
  const { alice } = await cast();
  const answer = await alice.post("/test/kept");
  equal(await answer.text(), "kept");
  deepEqual(await tagsOf(alice.tenantId), ["kept"]);
});

Deno.test("a handler that throws takes everything back, and its page is shown", async () => {
  const { alice } = await cast();
  const wanted: Record<string, number> = { missing: 404, invalid: 400, broken: 500 };
  for (const [name, status] of Object.entries(wanted)) {
    const answer = await alice.post(`/test/${name}`);
    equal(answer.status, status, name);
    ok((await answer.text()).includes("<h1"), name);
  }
  deepEqual(await tagsOf(alice.tenantId), []);
  equal(errors.length, 1);
});

Deno.test("a handler that swallows a failed query cannot pretend that it kept something", async () => {
  const { alice } = await cast();
  const answer = await alice.post("/test/swallowed");
  await answer.body?.cancel();
  equal(answer.status, 500);
  deepEqual(await tagsOf(alice.tenantId), []);
});

Deno.test("a handler's error reveals no details on the page", async () => {
  const { alice } = await cast();
  const page = await (await alice.post("/test/broken")).text();
  equal(/a fault of ours|TypeError|\.ts:/.test(page), false);
});

Deno.test("after concluding, pending queries are answered in the tenant, further ones refused", async () => {
  const tenantId = await tenant(test, "Haus");
  await inTenant(test.db.app, tenantId, (scope) => tag(scope, "a"));
  await inTenant(test.db.app, tenantId, async (scope) => {
    const later = async () => await (async () => await seen(scope.sql))();
    const asked = Promise.all([seen(scope.sql), later(), tag(scope, "b")]);
    scope.conclude();
    deepEqual((await asked).slice(0, 2), [[tenantId], [tenantId]]);
    await rejects(() => seen(scope.sql), /concluded/);
  });
  deepEqual(await tagsOf(tenantId), ["a", "b"]);
});

Deno.test("what fails in a concluded scope keeps nothing and spoils no connection", async () => {
  const tenantId = await tenant(test, "Haus");
  const single = openPool(appUrl, { max: 1 });
  const failing = inTenant(single, tenantId, async (scope) => {
    const asked = Promise.all([tag(scope, "late"), scope.sql`select 1 / 0`]);
    scope.conclude();
    await asked;
  });
  await rejects(failing, /division by zero/);
  await inTenant(single, tenantId, (scope) => tag(scope, "a"));
  deepEqual(await tagsOf(tenantId), ["a"]);
  await single.end();
});

Deno.test("a handler that concluded too early goes on in the tenant, in a transaction of its own", async () => {
  const tenantId = await tenant(test, "Haus");
  const single = openPool(appUrl, { max: 1 });
  const number = async ({ sql }: Scope) => {
    const [row] = await sql<[{ number: string }]>`select pg_current_xact_id()::text as number`;
    return row.number;
  };
  const going = inTenant(single, tenantId, async (scope) => {
    const first = number(scope);
    scope.conclude();
    const before = await first;
    await scope.resume();
    deepEqual(await seen(scope.sql), []);
    await tag(scope, "a");
    deepEqual(await seen(scope.sql), [tenantId]);
    equal(await number(scope) === before, false);
    scope.conclude();
    await rejects(async () => await seen(scope.sql), /concluded/);
  });
  await going;
  const failing = inTenant(single, tenantId, async (scope) => {
    scope.conclude();
    await scope.resume();
    await tag(scope, "late");
    throw new TypeError("too late");
  });
  await rejects(failing, /too late/);
  deepEqual(await tagsOf(tenantId), ["a"]);
  await single.end();
});

Deno.test("after what failed in a concluded scope nothing goes on", async () => {
  const tenantId = await tenant(test, "Haus");
  const failing = inTenant(test.db.app, tenantId, async (scope) => {
    const asked = scope.sql`select 1 / 0`.execute();
    scope.conclude();
    await asked.catch(() => {});
    await scope.resume();
    await tag(scope, "late");
  });
  await rejects(failing, /rolled back/);
  deepEqual(await tagsOf(tenantId), []);
});

Deno.test("a part of a query becomes a query once it is awaited, and that once", async () => {
  const tenantId = await tenant(test, "Haus");
  await inTenant(test.db.app, tenantId, async ({ sql }) => {
    const part = sql`${2}::int * ${3}::int as n`;
    deepEqual([...await sql`select ${part}, ${sql`${7}::int as m`}`], [{ n: 6, m: 7 }]);
    const whole = sql<{ n: number }[]>`select 4 as n`;
    const [[once], [twice]] = await Promise.all([whole, whole]);
    deepEqual([once, twice], [{ n: 4 }, { n: 4 }]);
    equal(once, twice, "it is asked once");
    deepEqual([...await sql`select 5 as n`.values()], [[5]]);
  });
});
