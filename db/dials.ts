/** Connecting where others name the host: its addresses are judged before a packet goes there. */
import { connect, isIP, Socket } from "node:net";

/** The name leads, at least in part, where its giver may not have us look. */
export class UnfitAddress extends Error {
  override name = "UnfitAddress";
  readonly code = "EPRIVATE";

  constructor() {
    super("an address that is not public");
  }
}

/**
 * A socket on its way to a host. The name is resolved once and every address judged; the connection
 * goes to those addresses, so that a name server that answers anew changes nothing. An unfit one
 * ends the socket with UnfitAddress, whether or not anything listens there.
 */
export function dial(
  host: string,
  port: number,
  isFit: (address: string) => boolean,
): Socket {
  if (isIP(host) && !isFit(host)) return new Socket().destroy(new UnfitAddress());
  // The runtime asks for the permission of the name only where it looks the name up itself.
  const socket = connect({ host, port });
  socket.on("lookup", (error, address) => {
    if (!error && !isFit(address)) socket.destroy(new UnfitAddress());
  });
  return socket;
}

/** What one conversation may cost us, however lively the other side keeps it. */
export interface Costs {
  /** Milliseconds from its beginning to its end. */
  longest: number;
  /** Bytes of its answers, since `renew` was called last. */
  largest: number;
}

/** How often the bytes are looked at, in milliseconds. */
const pace = 100;

/** Holds connections to what they may cost; who goes beyond is cut off. */
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

  /** Takes a connection that is open, or on its way. */
  hold(socket: Socket): void {
    // Whoever uses it hears of its end; after that nobody else has to.
    socket.on("error", () => {});
    this.#sockets.push(socket);
  }

  /** Something new is asked: its answer counts anew, and may have so many bytes. */
  renew(largest: number): void {
    this.#from = this.#received();
    this.#largest = largest;
  }

  /** The conversation is over. */
  end(): void {
    clearTimeout(this.#late);
    clearInterval(this.#watch);
    for (const socket of this.#sockets) socket.destroy();
  }

  /** Ends what is still open, for its time if nothing else is said. */
  cut(code = "ETIMEDOUT", message = "timeout of the whole"): void {
    for (const socket of this.#sockets) socket.destroy(Object.assign(new Error(message), { code }));
  }

  #received(): number {
    return this.#sockets.reduce((sum, { bytesRead }) => sum + bytesRead, 0);
  }
}
