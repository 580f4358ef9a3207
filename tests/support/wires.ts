/** A line that can be cut: what connects to it is passed on, or nobody listens. */

export interface Wire {
  port: number;
  /** Nobody listens any more, and what was open breaks. */
  cut(): void;
  mend(): void;
  /** What is open stays open, and nothing comes through any more; new ones do. */
  mute(): void;
}

/** A line to a port of this machine. */
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
