/** A connection that can be cut: either forwards what connects to it, or does not listen. */

export interface Wire {
  port: number;
  /** Stops listening and breaks open connections. */
  cut(): void;
  mend(): void;
  /** Open connections stay but carry nothing more; new ones work. */
  mute(): void;
}

/** A relay to a port of this machine. */
export function wire(to: number): Wire {
  const open = new Set<Deno.TcpConn>();
  const hearing = new Set<{ still: boolean }>();
  let listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  const pass = async (from: Deno.TcpConn) => {
    const onward = await Deno.connect({ hostname: "127.0.0.1", port: to });
    for (const each of [from, onward]) open.add(each);
    const heard = { still: true };
    hearing.add(heard);
    const unlessMute = () =>
      new TransformStream<Uint8Array, Uint8Array>({
        transform: (bytes, to) => heard.still ? to.enqueue(bytes) : undefined,
      });
    await Promise.allSettled([
      from.readable.pipeThrough(unlessMute()).pipeTo(onward.writable),
      onward.readable.pipeThrough(unlessMute()).pipeTo(from.writable),
    ]);
    hearing.delete(heard);
    for (const each of [from, onward]) open.delete(each);
  };
  const serve = async () => {
    for await (const connection of listener) pass(connection).catch(() => {});
  };
  serve();
  return {
    port,
    cut() {
      listener.close();
      for (const each of open) {
        try {
          each.close();
        } catch {
          // It has ended by itself.
        }
      }
    },
    mute() {
      for (const each of hearing) each.still = false;
    },
    mend() {
      listener = Deno.listen({ hostname: "127.0.0.1", port });
      serve();
    },
  };
}
