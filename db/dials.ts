/** Connects to hosts named by others: checks their addresses before any packet is sent. */
import { connect, isIP, Socket } from "node:net";

/** The name resolves, at least in part, to an address that its source must not make us contact. */
export class UnfitAddress extends Error {
  override name = "UnfitAddress";
  readonly code = "EPRIVATE";

  constructor() {
    super("an address that is not public");
  }
}

/**
 * A socket connecting to a host. Resolves the name once, checks every address and connects only to
 * those, so that a changed DNS answer has no effect. An unfit address closes the socket with
 * UnfitAddress, whether or not anything listens there.
 */
export function dial(
  host: string,
  port: number,
  isFit: (address: string) => boolean,
): Socket {
  if (isIP(host) && !isFit(host)) return new Socket().destroy(new UnfitAddress());
  // The runtime checks permission for the name only when it resolves the name itself.
  const socket = connect({ host, port });
  socket.on("lookup", (error, address) => {
    if (!error && !isFit(address)) socket.destroy(new UnfitAddress());
  });
  return socket;
}

/** What one conversation may cost us, however active the other side is. */
export interface Costs {
  /** Milliseconds from its beginning to its end. */
  longest: number;
  /** Bytes received since the last call of `renew`. */
  largest: number;
}

/** How often the bytes are checked, in milliseconds. */
const pace = 100;

/** Limits what connections may cost; cuts off those that exceed it. */
export class Bounds {
  readonly #sockets: Socket[] = [];
  #from = 0;
  #largest: number;
  readonly #late: ReturnType<typeof setTimeout>;
  readonly #watch: ReturnType<typeof setInterval>;

  constructor({ longest, largest }: Costs) {
    this.#late = setTimeout(() => this.cut(), longest);
    this.#largest = largest;
    this.#watch = setInterval(() => {
      if (this.#received() - this.#from > this.#largest) this.cut("EPROTOCOL", "an endless answer");
    }, pace);
  }

  /** Adds a connection that is open or being opened. */
  hold(socket: Socket): void {
    // The user of the socket learns of its end; without a listener, later errors would be uncaught.
    socket.on("error", () => {});
    this.#sockets.push(socket);
  }

  /** Starts a new request: its answer is counted afresh, with this maximum number of bytes. */
  renew(largest: number): void {
    this.#from = this.#received();
    this.#largest = largest;
  }

  /** Ends the conversation. */
  end(): void {
    clearTimeout(this.#late);
    clearInterval(this.#watch);
    for (const socket of this.#sockets) socket.destroy();
  }

  /** Closes what is still open, by default because of a time-out. */
  cut(code = "ETIMEDOUT", message = "timeout of the whole"): void {
    for (const socket of this.#sockets) socket.destroy(Object.assign(new Error(message), { code }));
  }

  #received(): number {
    return this.#sockets.reduce((sum, { bytesRead }) => sum + bytesRead, 0);
  }
}
