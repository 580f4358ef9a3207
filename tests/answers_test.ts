/** How long a start waits for its web processes: until they are ready, end again and again, or never are. */
import { equal } from "node:assert/strict";
import { answering } from "../jobs/answers.ts";
import { freePort } from "./runtime/service.ts";

const host = "127.0.0.1";
const steady = { faltering: () => false, slow: () => {} };

/** Serves /health/ready, unready for the first answers. */
function serve(port: number, { unready = 0 } = {}) {
  let left = unready;
  return Deno.serve(
    { hostname: host, port, onListen: () => {} },
    () => new Response(null, { status: left-- > 0 ? 503 : 200 }),
  );
}

Deno.test("a start waits until a web process is ready, not only until one listens", async () => {
  await using server = serve(0, { unready: 2 });
  const { port } = server.addr as Deno.NetAddr;
  equal(await answering({ host, port }, steady), true);
});

Deno.test("on a slow machine a start goes on as long as its processes live, and says so once", async () => {
  const port = freePort();
  let told = 0;
  let late: ReturnType<typeof serve> | undefined;
  const slow = () => {
    told++;
    late = serve(port, { unready: 2 });
  };
  const patience = { usualMs: 100, mostMs: 60_000 };
  equal(await answering({ host, port }, { faltering: () => false, slow }, patience), true);
  equal(told, 1);
  await late!.shutdown();
});

Deno.test("a start whose web processes keep ending is given up after the usual time", async () => {
  const port = freePort();
  const patience = { usualMs: 100, mostMs: 60_000 };
  const ending = { faltering: () => true, slow: () => {} };
  equal(await answering({ host, port }, ending, patience), false);
});

Deno.test("a start is given up in the end although its processes live", async () => {
  equal(
    await answering({ host, port: freePort() }, steady, { usualMs: 50, mostMs: 200 }),
    false,
  );
});
