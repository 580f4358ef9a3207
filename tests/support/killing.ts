/**
 * A pool whose process ends itself by kill -9 just before a statement is sent: a crash at a chosen
 * place.
 */

/** Says whether the process ends before a statement with these parameters. */
export type Deadly = (text: string, params: readonly unknown[]) => boolean;

/** The pool, including any transaction or reserved connection it returns, under watch. */
export function killing<S extends object>(sql: S, deadly: Deadly): S {
  return new Proxy(sql, {
    apply(target, self, args) {
      const [first, ...params] = args;
      if (Array.isArray(first) && "raw" in first && deadly(first.join("?"), params)) {
        Deno.kill(Deno.pid, "SIGKILL");
      }
      return Reflect.apply(target as never, self, args);
    },
    get(target, name) {
      const found = Reflect.get(target, name);
      if (typeof found !== "function") return found;
      if (name === "begin" || name === "savepoint") {
        return (...args: unknown[]) => {
          const work = args.pop() as (tx: object) => unknown;
          return Reflect.apply(found, target, [...args, (tx: object) => work(killing(tx, deadly))]);
        };
      }
      if (name === "reserve") return async () => killing(await found.call(target), deadly);
      return found.bind(target);
    },
  });
}

/** Deadly at the first statement that contains a text, with a parameter among those named. */
export const at = (text: string, ...params: string[]): Deadly => (found, given) =>
  found.includes(text) && params.every((each) => given.includes(each));
