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
