/** A database that accepts queries but never answers: nobody waits for it longer than necessary. */
import { elapsed } from "../db/clock.ts";
import { answers, giveUp, type Sql } from "../db/pool.ts";
import { web } from "./web.tsx";

/** Milliseconds: how long a request waits before somebody asks whether the database answers at all. */
const patience = 10_000;
/** How often it is asked then. */
const again = 3_000;
/** How long it may say nothing before its connections are held for dead. */
const deadAfter = 30_000;

/** Since when a pool has not answered; by `elapsed`. */
const silentSince = new WeakMap<Sql, number>();
const asking = new WeakMap<Sql, Promise<boolean>>();

/** Asks once for all who wait. */
function ask(pool: Sql): Promise<boolean> {
  const running = asking.get(pool);
  if (running) return running;
  const asked = answers(pool).then((answered) => {
    if (answered) silentSince.delete(pool);
    else if (!silentSince.has(pool)) silentSince.set(pool, elapsed());
    else if (elapsed() - silentSince.get(pool)! > deadAfter) {
      silentSince.delete(pool);
      giveUp(pool);
    }
    return answered;
  }).finally(() => asking.delete(pool));
  asking.set(pool, asked);
  return asked;
}

/** Read as a lost connection, like any other way of being away. */
const silence = () =>
  Object.assign(new Error("the database is silent"), { code: "CONNECTION_LOST" });

/** Answers 503 where the database is silent; a slow page of one that answers may take its time. */
export const unlessSilent = (wait = patience) =>
  web.createMiddleware(async (c, next) => {
    const { pool } = c.get("services");
    let timer: ReturnType<typeof setTimeout> | undefined;
    let done = false;
    const silent = new Promise<never>((_, refuse) => {
      const look = async () => {
        const answered = await ask(pool);
        if (done) return;
        if (answered) timer = setTimeout(look, again);
        else refuse(silence());
      };
      timer = setTimeout(look, wait);
    });
    const work = next();
    // Once abandoned, nobody needs its result.
    work.catch(() => {});
    try {
      await Promise.race([work, silent]);
    } finally {
      done = true;
      clearTimeout(timer);
    }
  });
