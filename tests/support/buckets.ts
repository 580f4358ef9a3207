/**
 * An S3 bucket in memory over real HTTP: signatures checked; parts, versions and pages as
 * documented.
 */
import { Buffer } from "node:buffer";
import { createHash, createHmac } from "node:crypto";
import { now } from "../../db/clock.ts";
import { type Fake, fake } from "./processors.ts";

export interface FakeBucket extends Fake {
  objects: Map<string, Uint8Array>;
  /** When each object was put; objects that a test adds itself count as put now. */
  dates: Map<string, string>;
  uploads: Map<string, { key: string; parts: Map<number, Uint8Array>; at: string }>;
  /** Versions that a deletion left behind. */
  versions: { key: string; versionId: string; marker: boolean }[];
  /** Answers of the bucket's own configuration by query name; without one it has none. */
  configuration: Record<string, string>;
  /** Answers for the next requests. */
  faults: (Response | "hang")[];
  /** How many names a page of a listing has. */
  pageSize: number;
  /** Why a signature was refused. */
  refusals: string[];
}

export const keys = { accessKey: "AKTEST", secretKey: "geheim", region: "eu-central-3" };

/** Starts the bucket `crm`. */
export function fakeBucket(): FakeBucket {
  const state: Omit<FakeBucket, keyof Fake> = {
    objects: new Map(),
    dates: new Map(),
    uploads: new Map(),
    versions: [],
    configuration: {},
    faults: [],
    pageSize: 2,
    refusals: [],
  };
  let count = 0;
  const server = fake(async (request, body) => {
    const fault = made.faults.shift();
    if (fault === "hang") return await new Promise(() => {});
    if (fault) return fault;
    const url = new URL(request.url);
    const refusal = refuse(request, url);
    if (refusal) {
      made.refusals.push(refusal);
      return error(403, "SignatureDoesNotMatch");
    }
    const [, bucket, ...rest] = decodeURIComponent(url.pathname).split("/");
    if (bucket !== "crm") return error(404, "NoSuchBucket");
    return answer(made, request.method, rest.join("/"), url.searchParams, body, () => ++count);
  });
  const made = Object.assign(server, state);
  return made;
}

function answer(
  state: Omit<FakeBucket, keyof Fake>,
  method: string,
  key: string,
  query: URLSearchParams,
  body: Uint8Array<ArrayBuffer>,
  next: () => number,
): Response {
  const { objects, uploads, versions } = state;
  if (key === "") return ofBucket(state, query);
  const uploadId = query.get("uploadId");
  if (method === "POST" && query.has("uploads")) {
    const id = `u${next()}`;
    uploads.set(id, { key, parts: new Map(), at: now().toISOString() });
    return xml(
      `<InitiateMultipartUploadResult><UploadId>${id}</UploadId></InitiateMultipartUploadResult>`,
    );
  }
  if (uploadId) {
    const upload = uploads.get(uploadId);
    if (!upload || upload.key !== key) return error(404, "NoSuchUpload");
    if (method === "PUT") {
      upload.parts.set(Number(query.get("partNumber")), body);
      return new Response(null, { headers: { etag: `"${md5(body)}"` } });
    }
    uploads.delete(uploadId);
    if (method === "DELETE") return new Response(null, { status: 204 });
    const parts = [...upload.parts].sort(([a], [b]) => a - b);
    const tags = [...new TextDecoder().decode(body).matchAll(/<ETag>&quot;(\w+)&quot;<\/ETag>/g)];
    if (tags.some(([, tag], i) => tag !== md5(parts[i]![1]))) return error(400, "InvalidPart");
    objects.set(key, Buffer.concat(parts.map(([, part]) => part)));
    state.dates.set(key, now().toISOString());
    return xml("<CompleteMultipartUploadResult><Key/></CompleteMultipartUploadResult>");
  }
  if (method === "PUT") {
    objects.set(key, body);
    state.dates.set(key, now().toISOString());
    return new Response(null, { headers: { etag: `"${md5(body)}"` } });
  }
  if (method === "DELETE") {
    const versionId = query.get("versionId");
    const at = versions.findIndex((each) => each.key === key && each.versionId === versionId);
    if (versionId) versions.splice(at, at < 0 ? 0 : 1);
    else {
      if (objects.has(key) && state.configuration.versioning?.includes("Enabled")) {
        versions.push({ key, versionId: `v${next()}`, marker: false });
        versions.push({ key, versionId: `v${next()}`, marker: true });
      }
      objects.delete(key);
    }
    return new Response(null, { status: 204 });
  }
  const found = objects.get(key);
  if (!found) {
    return method === "HEAD" ? new Response(null, { status: 404 }) : error(404, "NoSuchKey");
  }
  const headers = { "content-length": String(found.length) };
  return new Response(method === "HEAD" ? null : found.slice(), { headers });
}

function ofBucket(state: Omit<FakeBucket, keyof Fake>, query: URLSearchParams): Response {
  for (const name of ["location", "versioning", "lifecycle", "object-lock"]) {
    if (!query.has(name)) continue;
    const found = state.configuration[name];
    return found ? xml(found) : error(404, "NoSuchConfiguration");
  }
  const prefix = query.get("prefix") ?? "";
  if (query.has("versions")) {
    const of = (key: string) => key.startsWith(prefix);
    const left = state.versions.filter(({ key }) => of(key)).map(({ key, versionId, marker }) => {
      const name = marker ? "DeleteMarker" : "Version";
      const isLatest = marker && !state.objects.has(key);
      return `<${name}><Key>${key}</Key><VersionId>${versionId}</VersionId><IsLatest>${isLatest}</IsLatest></${name}>`;
    });
    const live = [...state.objects.keys()].filter(of).map((key) =>
      `<Version><Key>${key}</Key><VersionId>null</VersionId><IsLatest>true</IsLatest></Version>`
    );
    const entries = [...left, ...live];
    return xml(
      `<ListVersionsResult><IsTruncated>false</IsTruncated>${
        entries.join("")
      }</ListVersionsResult>`,
    );
  }
  if (query.has("uploads")) {
    const entries = [...state.uploads].filter(([, { key }]) => key.startsWith(prefix)).map(
      ([id, { key, at }]) =>
        `<Upload><Key>${key}</Key><UploadId>${id}</UploadId><Initiated>${at}</Initiated></Upload>`,
    );
    return xml(`<ListMultipartUploadsResult>${entries.join("")}</ListMultipartUploadsResult>`);
  }
  const delimiter = query.get("delimiter");
  const names = [...state.objects.keys()].filter((key) => key.startsWith(prefix)).sort();
  const shown = delimiter
    ? [...new Set(names.map((key) => prefix + key.slice(prefix.length).split("/")[0] + "/"))]
    : names;
  const from = Number(query.get("continuation-token") ?? 0);
  const page = shown.slice(from, from + state.pageSize);
  const more = from + state.pageSize < shown.length;
  const entries = page.map((each) =>
    delimiter
      ? `<CommonPrefixes><Prefix>${each}</Prefix></CommonPrefixes>`
      : `<Contents><Key>${each}</Key><LastModified>${
        state.dates.get(each) ?? now().toISOString()
      }</LastModified></Contents>`
  );
  return xml(
    `<ListBucketResult><IsTruncated>${more}</IsTruncated>${
      more ? `<NextContinuationToken>${from + state.pageSize}</NextContinuationToken>` : ""
    }${entries.join("")}</ListBucketResult>`,
  );
}

/** Signature Version 4, recomputed from the request: why it is refused, or null. */
function refuse(request: Request, url: URL): string | null {
  const { headers } = request;
  const authorization = headers.get("authorization") ?? "";
  const found =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/
      .exec(authorization);
  if (!found) return "no signature";
  const [, accessKey, day, region, signed, signature] = found as unknown as string[];
  if (accessKey !== keys.accessKey || region !== keys.region) return "another key or region";
  const date = headers.get("x-amz-date") ?? "";
  if (!date.startsWith(day!)) return "another day";
  const names = signed!.split(";");
  if (!names.includes("host")) return "host is not signed";
  const encoded = (text: string) =>
    encodeURIComponent(text).replace(
      /[!'()*]/g,
      (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
    );
  const query = [...url.searchParams].map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
    .sort().join("&");
  const canonical = [
    request.method,
    url.pathname.split("/").map((part) => encoded(decodeURIComponent(part))).join("/"),
    query,
    ...names.map((name) => `${name}:${name === "host" ? url.host : headers.get(name)?.trim()}`),
    "",
    signed,
    headers.get("x-amz-content-sha256") ?? "",
  ].join("\n");
  const scope = `${day}/${region}/s3/aws4_request`;
  const hash = createHash("sha256").update(canonical).digest("hex");
  const text = ["AWS4-HMAC-SHA256", date, scope, hash].join("\n");
  const mac = (key: Buffer | string, data: string) =>
    createHmac("sha256", key).update(data).digest();
  const key = [day!, region!, "s3", "aws4_request"].reduce<Buffer | string>(
    (secret, part) => mac(secret, part),
    `AWS4${keys.secretKey}`,
  );
  return mac(key, text).toString("hex") === signature ? null : "another signature";
}

const md5 = (bytes: Uint8Array) => createHash("md5").update(bytes).digest("hex");
const xml = (text: string) =>
  new Response(`<?xml version="1.0" encoding="UTF-8"?>\n${text}`, {
    headers: { "content-type": "application/xml" },
  });
const error = (status: number, code: string) =>
  new Response(`<Error><Code>${code}</Code></Error>`, { status });
