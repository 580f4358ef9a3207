/**
 * HTTP to a checked address: the name is resolved once, by the very connection that is then used.
 */
import http from "node:http";
import type net from "node:net";
import tls from "node:tls";
import * as dials from "./dials.ts";
import { EgressError, type Limits, type Outgoing } from "./egress.ts";
import { isBodiless, piecesOf, sendBody } from "./egress_bodies.ts";

/** Response headers that concern only the connection. */
const hopByHop = new Set(["connection", "keep-alive", "transfer-encoding"]);

/**
 * Sends one request and returns its answer, without following redirects. `isFit` judges the
 * addresses that the name resolves to before any of them is connected to. The body is read as it
 * arrives, within the limits. Throws EgressError.
 */
export async function exchange(
  url: URL,
  port: number,
  outgoing: Outgoing,
  limits: Limits,
  isFit: (address: string) => boolean,
): Promise<Response> {
  const ended = AbortSignal.any([
    AbortSignal.timeout(limits.timeoutMs),
    ...(outgoing.signal ? [outgoing.signal] : []),
  ]);
  const late = () => new EgressError("timeout");
  const socket = await connected(url, port, isFit, ended);
  const stop = () => socket.destroy(late());
  ended.addEventListener("abort", stop, { once: true });
  const over = () => {
    ended.removeEventListener("abort", stop);
    socket.destroy();
  };
  try {
    const message = await ask(url, socket, outgoing);
    const status = message.statusCode ?? 0;
    if (status >= 300 && status < 400) throw new EgressError("redirect");
    if (Number(message.headers["content-length"] ?? 0) > limits.maxBytes) {
      if (outgoing.method !== "HEAD") throw new EgressError("too_large");
    }
    const headers = new Headers();
    for (let i = 0; i < message.rawHeaders.length; i += 2) {
      const [name, value] = [message.rawHeaders[i]!, message.rawHeaders[i + 1]!];
      if (!hopByHop.has(name.toLowerCase())) headers.append(name, value);
    }
    if (isBodiless(outgoing.method, status)) {
      over();
      return new Response(null, { status, headers });
    }
    const body = ReadableStream.from(pieces(message, limits.maxBytes, ended, over));
    return new Response(body, { status, headers });
  } catch (error) {
    over();
    throw ended.aborted ? late() : asFault(error);
  }
}

function connected(
  url: URL,
  port: number,
  isFit: (address: string) => boolean,
  ended: AbortSignal,
): Promise<net.Socket> {
  const host = url.hostname.replace(/^\[|\]$/g, "");
  return new Promise((resolve, reject) => {
    if (ended.aborted) return reject(new EgressError("timeout"));
    const socket = dials.dial(host, port, isFit);
    let latest: net.Socket = socket;
    const stop = () => fail(new EgressError("timeout"));
    const fail = (error: unknown) => {
      ended.removeEventListener("abort", stop);
      latest.destroy();
      socket.destroy();
      reject(error);
    };
    const done = () => {
      ended.removeEventListener("abort", stop);
      latest.removeAllListeners("error");
      // From here on the request reports errors.
      latest.on("error", () => {});
      resolve(latest);
    };
    ended.addEventListener("abort", stop, { once: true });
    socket.once("error", (error) => {
      fail(new EgressError(error instanceof dials.UnfitAddress ? "address" : "connection"));
    });
    socket.once("connect", () => {
      if (url.protocol !== "https:") return done();
      latest = tls.connect({ socket, servername: host, ALPNProtocols: ["http/1.1"] });
      latest.once("error", () => fail(new EgressError("tls")));
      latest.once("secureConnect", done);
    });
  });
}

function ask(url: URL, socket: net.Socket, outgoing: Outgoing): Promise<http.IncomingMessage> {
  const { method, body } = outgoing;
  return new Promise((resolve, reject) => {
    const request = http.request({
      method,
      path: url.pathname + url.search,
      headers: {
        ...(body instanceof Uint8Array ? { "content-length": String(body.length) } : {}),
        ...outgoing.headers,
        host: url.host,
        connection: "close",
      },
      createConnection: () => socket,
    });
    request.once("response", resolve);
    request.once("error", reject);
    sendBody(request, body).catch(reject);
  });
}

async function* pieces(
  message: http.IncomingMessage,
  maxBytes: number,
  ended: AbortSignal,
  over: () => void,
): AsyncGenerator<Uint8Array> {
  try {
    yield* piecesOf(message, maxBytes);
  } catch (error) {
    throw ended.aborted ? new EgressError("timeout") : error;
  } finally {
    over();
  }
}

/** A network fault: an answer that is not valid HTTP, or a connection that broke off. */
function asFault(error: unknown): EgressError {
  if (error instanceof EgressError) return error;
  const code = String((error as { code?: unknown })?.code ?? "");
  return new EgressError(code.startsWith("HPE_") ? "malformed" : "cut");
}
