/**
 * Documentero: creates documents from templates stored there, returned in the answer itself. Its
 * feature of mailing documents is never used: a request consists of these fields and no others.
 */
import { Buffer } from "node:buffer";
import { z } from "zod";
import type { Egress } from "../egress.ts";
import { AdapterError, assertOk, jsonOf } from "./answers.ts";

export interface DocumenteroConnection {
  /** The base address of its API, without a trailing slash. */
  baseUrl: string;
  apiKey: string;
}

export type DocumentFormat = "docx" | "pdf" | "xlsx";

export interface DocumentRequest {
  templateId: string;
  format: DocumentFormat;
  /** The values for the template's tags. */
  data: Record<string, unknown>;
}

export interface MadeDocument {
  content: Uint8Array;
  format: DocumentFormat;
}

/** Base64 turns a document of 10 MB into one of 14. */
const limits = { timeoutMs: 60_000, maxBytes: 16 * 1024 * 1024 };
/** The most that Documentero accepts. */
const mostBytes = 10 * 1024 * 1024;

const Request = z.strictObject({
  document: z.string().min(1).max(200),
  format: z.enum(["docx", "pdf", "xlsx"]),
  embed: z.literal(true),
  data: z.record(z.string(), z.unknown()),
});

const Answer = z.object({
  status: z.union([z.number(), z.string()]),
  data: z.object({ fileContent: z.base64(), fileExtension: z.string().optional() }),
});

/** The first bytes of a document in each format. */
const starts: Record<DocumentFormat, string> = { pdf: "%PDF-", docx: "PK", xlsx: "PK" };

/**
 * Creates one document. Throws AdapterError (`http_429`, `refused`, `malformed` …) or EgressError.
 */
export async function generate(
  egress: Egress,
  processorId: string,
  { baseUrl, apiKey }: DocumenteroConnection,
  { templateId, format, data }: DocumentRequest,
): Promise<MadeDocument> {
  const body = new TextEncoder().encode(
    JSON.stringify(Request.parse({ document: templateId, format, embed: true, data })),
  );
  if (body.length > mostBytes) throw new AdapterError("too_large");
  const answer = await egress.request(processorId, "provision", {
    method: "POST",
    url: `${baseUrl}/generate`,
    headers: {
      "content-type": "application/json",
      "accept": "application/json",
      "authorization": `apiKey ${apiKey}`,
    },
    body,
  }, limits);
  await assertOk(answer);
  const read = Answer.safeParse(await jsonOf(answer));
  // A fault may arrive with status 200 and be reported in the body only.
  if (!read.success) throw new AdapterError("malformed");
  if (!["200", "success", "ok"].includes(String(read.data.status).toLowerCase())) {
    throw new AdapterError("refused");
  }
  const content = Buffer.from(read.data.data.fileContent, "base64");
  if (!content.toString("latin1", 0, 8).startsWith(starts[format])) {
    throw new AdapterError("malformed");
  }
  return { content: new Uint8Array(content), format };
}
