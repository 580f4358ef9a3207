/**
 * The way out for processes that may not reach any host: through the one process that may, over a
 * socket in the file system, with request and answer each as a header and a body.
 */
import { Buffer } from "node:buffer";
import http from "node:http";
import {
  type Egress,
  EgressError,
  type EgressFault,
  type Limits,
  type Outgoing,
} from "./egress.ts";
import { isBodiless, piecesOf, sendBody } from "./egress_bodies.ts";
import type { Purpose } from "./purposes.ts";

/** What the relay is told about a request besides its body. */
interface Call extends Pick<Outgoing, "method" | "url" | "headers"> {
  processorId: string;
  purpose: Purpose;
  limits: Limits;
}

const callHeader = "egress-call";
const answerHeader = "egress-answer";
const faultHeader = "egress-fault";

const written = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
const read = (text: string) => JSON.parse(Buffer.from(text, "base64url").toString());

/** The way out over a relay's socket. Where no relay is running, every processor is closed. */
export function relayedEgress(socketPath: string): Egress {
  return {
    async request(processorId, purpose, outgoing, limits) {
      const { method, url, body } = outgoing;
      // The relay receives it as a stream, so it could not tell the recipient its length.
      const length: Record<string, string> = body instanceof Uint8Array
        ? { "content-length": String(body.length) }
        : {};
      const headers = { ...length, ...outgoing.headers };
      const call: Call = { processorId, purpose, method, url, headers, limits };
      const message = await ask(socketPath, call, outgoing);
      const fault = message.headers[faultHeader];
      if (typeof fault === "string") {
        message.resume();
        throw new EgressError(fault as EgressFault);
      }
      const answer = read(String(message.headers[answerHeader] ?? ""));
      if (!isBodiless(method, answer.status)) {
        return new Response(ReadableStream.from(piecesOf(message)), answer);
      }
      message.resume();
      return new Response(null, answer);
    },
  };
}

/** Answers a relayed request by using its own way out. */
export async function relay(request: Request, egress: Egress): Promise<Response> {
  let call: Call;
  try {
    call = read(request.headers.get(callHeader) ?? "");
  } catch {
    return fault("malformed");
  }
  try {
    const { processorId, purpose, limits, ...rest } = call;
    const outgoing = { ...rest, body: request.body ?? undefined };
    const answer = await egress.request(processorId, purpose, outgoing, limits);
    const head = { status: answer.status, headers: [...answer.headers] };
    return new Response(answer.body, { headers: { [answerHeader]: written(head) } });
  } catch (error) {
    return fault(error instanceof EgressError ? error.code : "connection");
  }
}

const fault = (code: EgressFault) =>
  new Response(null, { status: 502, headers: { [faultHeader]: code } });

/** Sends a request to the relay. */
function ask(socketPath: string, call: Call, outgoing: Outgoing): Promise<http.IncomingMessage> {
  return new Promise((resolve, reject) => {
    const { body, signal } = outgoing;
    const request = http.request({
      socketPath,
      method: "POST",
      path: "/",
      headers: {
        [callHeader]: written(call),
        connection: "close",
        ...(body instanceof Uint8Array ? { "content-length": String(body.length) } : {}),
      },
      signal,
    });
    request.once("response", resolve);
    request.once("error", (error: Error & { code?: string }) => {
      const away = error.code === "ENOENT" || error.code === "ECONNREFUSED";
      reject(new EgressError(signal?.aborted ? "timeout" : away ? "closed" : "cut"));
    });
    sendBody(request, body).catch(reject);
  });
}
