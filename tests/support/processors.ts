/** Processors of a test's own that meet all conditions, and servers that replace them. */
import { now, today } from "../../db/clock.ts";
import { newId } from "../../db/ids.ts";
import type { Sql } from "../../db/pool.ts";
import type { Adapter } from "../../db/processors.ts";
import type { Cover } from "../../db/processor_gates.ts";

/** An HTTP server on this machine that records its requests. */
export interface Fake {
  url: string;
  port: number;
  /** Every request with its body, in order. */
  asked: { method: string; url: URL; headers: Headers; body: Uint8Array<ArrayBuffer> }[];
  /** The answer from now on; `ok` by default. */
  answer: (request: Request, body: Uint8Array<ArrayBuffer>) => Response | Promise<Response>;
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Starts a server on a free port. */
export function fake(answer: Fake["answer"] = () => new Response("ok")): Fake {
  const asked: Fake["asked"] = [];
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen() {}, onError: () => new Response(null) },
    async (request) => {
      const body = await request.bytes();
      // A request can no longer be read once it is answered.
      const { method, url, headers } = request;
      asked.push({ method, url: new URL(url), headers: new Headers(headers), body });
      return await made.answer(request, body);
    },
  );
  const { port } = server.addr;
  const made: Fake = {
    url: `http://127.0.0.1:${port}`,
    port,
    asked,
    answer,
    close: () => server.shutdown(),
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
  return made;
}

/** A server that sends these bytes to every connection that makes a request, and then closes it. */
export function rawFake(
  text: string | ((connection: Deno.TcpConn) => Promise<void>),
): { port: number; connections: () => number; close(): void } {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  let count = 0;
  const open = new Set<Deno.TcpConn>();
  (async () => {
    for await (const connection of listener) {
      count++;
      open.add(connection);
      (async () => {
        try {
          await connection.read(new Uint8Array(65_536));
          if (typeof text === "function") return await text(connection);
          await connection.write(new TextEncoder().encode(text));
          connection.close();
          open.delete(connection);
        } catch {
          // The other side has gone.
        }
      })();
    }
  })().catch(() => {});
  return {
    port: listener.addr.port,
    connections: () => count,
    close() {
      listener.close();
      for (const each of open) {
        try {
          each.close();
        } catch {
          // Already closed.
        }
      }
    },
  };
}

/** Makes an entry usable (agreement, locations, approved evidence, switch) with these hosts. */
export async function openProcessor(
  owner: Sql,
  hosts: readonly { host: string; port: number }[],
  adapter: Adapter | null = null,
): Promise<string> {
  const at = now();
  const day = today();
  const [known] = adapter
    ? await owner<{ id: string }[]>`select id from processors where adapter = ${adapter}`
    : [];
  const id = known?.id ?? newId();
  if (!known) {
    await owner`
      insert into processors (
        id, name, service_de, service_en, data_categories, created_at, updated_at
      ) values (${id}, ${`Dienst ${id}`}, 'Dienst', 'Service', '{mails}', ${at}, ${at})
    `;
  }
  await owner`delete from sub_processors where processor_id = ${id}`;
  await owner`delete from processor_evidence where processor_id = ${id}`;
  await owner`
    update processors
    set processing_countries = '{DE}', seat_country = 'DE', location = 'Berlin',
      agreement_on = ${day}, enabled = true, enabled_from = ${at}
    where id = ${id}
  `;
  await showEvidence(owner, id, ["agreement", "location"]);
  await setHosts(owner, id, hosts);
  return id;
}

/** Evidence that the officer has approved. */
export async function showEvidence(
  owner: Sql,
  id: string,
  covers: readonly Cover[],
): Promise<void> {
  const at = now();
  await owner`
    insert into processor_evidence (
      id, processor_id, covers, dated_on, file_name, media_type, size, sha256, content,
      uploaded_at, decision, decided_by, decided_at
    ) values (
      ${newId()}, ${id}, ${[...covers]}, ${today()}, 'av-vertrag.pdf', 'application/pdf', 1,
      '\\x00', '\\x00', ${at}, 'approved', 'Dora Schutz', ${at}
    )
  `;
}

/** Gives a processor these hosts and notifies the supervisor. */
export async function setHosts(
  owner: Sql,
  id: string,
  hosts: readonly { host: string; port: number }[],
): Promise<void> {
  await owner.begin(async (sql) => {
    await sql`delete from processor_hosts where processor_id = ${id}`;
    for (const { host, port } of hosts) {
      await sql`
        insert into processor_hosts (processor_id, host, port)
        values (${id}, ${host}, ${port})
      `;
    }
    await sql`select pg_notify('kompaktcrm_egress', '')`;
  });
}
