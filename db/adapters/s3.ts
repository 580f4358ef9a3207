/** An S3 bucket: requests signed by SigV4, objects uploaded whole or in parts. */
import { AwsClient } from "aws4fetch";
import { pause } from "../clock.ts";
import { type Egress, EgressError, type Limits } from "../egress.ts";
import { AdapterError, assertOk } from "./answers.ts";
import { type Element, parse, textOf } from "./xml.ts";

export interface S3Connection {
  /** `https://s3.eu-central-3.ionoscloud.com` */
  endpoint: string;
  region: string;
  bucket: string;
  accessKey: string;
  secretKey: string;
}

/** Statuses and faults that may be gone a moment later. */
const busy = [429, 500, 502, 503, 504];
const passing: readonly string[] = ["connection", "timeout", "cut"];
const firstWaitMs = 200;

type Method = "GET" | "HEAD" | "PUT" | "POST" | "DELETE";

export interface S3Request {
  method: Method;
  /** Empty for the bucket itself. */
  key?: string;
  query?: Record<string, string>;
  headers?: Record<string, string>;
  body?: Uint8Array;
  limits?: Limits;
}

const short: Limits = { timeoutMs: 30_000, maxBytes: 4 * 1024 * 1024 };
/** Limits for the largest object, with enough time for a slow line. */
export const long: Limits = { timeoutMs: 600_000, maxBytes: 5 * 1024 ** 3 };

/** A bucket that is accessed through the egress. */
export class Bucket {
  private readonly signer: AwsClient;

  constructor(
    private readonly egress: Egress,
    private readonly processorId: string,
    private readonly connection: S3Connection,
    /** How often a request is sent at most while the bucket is busy or briefly unreachable. */
    private readonly most = 1,
  ) {
    this.signer = new AwsClient({
      accessKeyId: connection.accessKey,
      secretAccessKey: connection.secretKey,
      service: "s3",
      region: connection.region,
    });
  }

  /**
   * Sends one signed request and returns whatever the answer is. Requests may be repeated. Throws
   * EgressError.
   */
  async ask(request: S3Request): Promise<Response> {
    for (let count = 1;; count++) {
      const last = count >= this.most;
      try {
        const answer = await this.send(request);
        if (last || !busy.includes(answer.status)) return answer;
        await answer.body?.cancel();
      } catch (error) {
        if (last || !(error instanceof EgressError && passing.includes(error.code))) throw error;
      }
      await pause(firstWaitMs * 4 ** (count - 1));
    }
  }

  private async send(
    { method, key = "", query = {}, headers = {}, body, limits = short }: S3Request,
  ) {
    const { endpoint, bucket } = this.connection;
    const url = new URL(`${endpoint}/${bucket}/${key}`.replace(/\/$/, ""));
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    const signed = await this.signer.sign(url.href, { method, headers });
    return await this.egress.request(this.processorId, "provision", {
      method,
      url: url.href,
      headers: Object.fromEntries(signed.headers),
      body,
    }, limits);
  }

  /** Sends a request that must succeed. Throws AdapterError or EgressError. */
  async demand(request: S3Request): Promise<Response> {
    const answer = await this.ask(request);
    await assertOk(answer);
    return answer;
  }

  /** The bucket's answer as XML; null if it has no such configuration. */
  async read(query: Record<string, string>): Promise<Element | null> {
    const answer = await this.ask({ method: "GET", query });
    if (answer.status === 404) {
      await answer.body?.cancel();
      return null;
    }
    await assertOk(answer);
    return parse(await answer.text());
  }

  /**
   * Uploads an object in parts of 8 MiB, or whole if it is smaller. A failed upload leaves nothing
   * behind.
   */
  async put(key: string, bytes: AsyncIterable<Uint8Array>): Promise<void> {
    const parts = inParts(bytes);
    try {
      const first = await parts.next();
      const second = first.done ? first : await parts.next();
      if (!second.done) return await this.putParts(key, [first.value!, second.value], parts);
      const body = first.value ?? new Uint8Array();
      const answer = await this.demand({ method: "PUT", key, body, limits: long });
      await answer.body?.cancel();
    } finally {
      // Whatever happened: the source may be an open file.
      await parts.return(undefined);
    }
  }

  private async putParts(
    key: string,
    firstParts: readonly Uint8Array[],
    others: AsyncIterable<Uint8Array>,
  ): Promise<void> {
    const begun = await this.demand({ method: "POST", key, query: { uploads: "" } });
    const uploadId = textOf(parse(await begun.text()), "UploadId");
    if (!uploadId) throw new AdapterError("malformed");
    try {
      const tags: string[] = [];
      const send = async (body: Uint8Array) => {
        const query = { partNumber: String(tags.length + 1), uploadId };
        const answer = await this.demand({ method: "PUT", key, query, body, limits: long });
        await answer.body?.cancel();
        tags.push(answer.headers.get("etag") ?? "");
      };
      for (const part of firstParts) await send(part);
      for await (const part of others) await send(part);
      await this.complete(key, uploadId, tags);
    } catch (error) {
      await this.ask({ method: "DELETE", key, query: { uploadId } })
        .then((answer) => answer.body?.cancel()).catch(() => {});
      throw error;
    }
  }

  private async complete(key: string, uploadId: string, tags: string[]): Promise<void> {
    const parts = tags.map((tag, index) =>
      `<Part><PartNumber>${index + 1}</PartNumber><ETag>${escaped(tag)}</ETag></Part>`
    );
    const xml = `<CompleteMultipartUpload>${parts.join("")}</CompleteMultipartUpload>`;
    const body = new TextEncoder().encode(xml);
    const answer = await this.demand({ method: "POST", key, query: { uploadId }, body });
    // A fault may come late, in the body of an answer with a success status.
    if (parse(await answer.text()).name === "Error") throw new AdapterError("refused");
  }
}

const partSize = 8 * 1024 * 1024;

async function* inParts(
  bytes: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, undefined> {
  let rest: Uint8Array[] = [];
  let size = 0;
  for await (let chunk of bytes) {
    while (size + chunk.length >= partSize) {
      const taken = partSize - size;
      yield joined([...rest, chunk.subarray(0, taken)], partSize);
      chunk = chunk.subarray(taken);
      rest = [];
      size = 0;
    }
    // Copied, because the producer of the chunk may reuse it.
    rest.push(chunk.slice());
    size += chunk.length;
  }
  if (size > 0) yield joined(rest, size);
}

function joined(chunks: readonly Uint8Array[], size: number): Uint8Array {
  const whole = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}

const escaped = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
