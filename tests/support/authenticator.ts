/**
 * A device that creates passkeys and signs with them without a browser, for what no browser sends.
 */
import { isoCBOR } from "@simplewebauthn/server/helpers";
import { Buffer } from "node:buffer";
import { createHash, generateKeyPairSync, randomBytes, sign } from "node:crypto";

export interface Options {
  challenge: string;
  rp?: { id?: string };
  rpId?: string;
  user?: { id: string };
}

/** What a dishonest device or page may lie about. */
export interface Lies {
  origin?: string;
  rpId?: string;
  /** Without asking for finger, face or PIN. */
  unverified?: true;
  challenge?: string;
  type?: string;
  counter?: number;
}

const sha256 = (data: string | Uint8Array) => createHash("sha256").update(data).digest();
const url = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64url");

export class Authenticator {
  readonly id = randomBytes(20);
  readonly #keys = generateKeyPairSync("ec", { namedCurve: "P-256" });
  #counter = 0;

  constructor(readonly origin: string) {}

  /** The answer to a request to create a key, as the browser writes it. */
  create(options: Options, lies: Lies = {}): string {
    const { x, y } = this.#keys.publicKey.export({ format: "jwk" });
    const key = new Map<number, number | Uint8Array>([
      [1, 2],
      [3, -7],
      [-1, 1],
      [-2, new Uint8Array(Buffer.from(x!, "base64url"))],
      [-3, new Uint8Array(Buffer.from(y!, "base64url"))],
    ]);
    const length = Buffer.alloc(2);
    length.writeUInt16BE(this.id.length);
    const authData = Buffer.concat([
      this.#data(options, lies, 0x40),
      Buffer.alloc(16),
      length,
      this.id,
      isoCBOR.encode(key),
    ]);
    const attestation = isoCBOR.encode(
      new Map<string, unknown>([["fmt", "none"], ["attStmt", new Map()], [
        "authData",
        new Uint8Array(authData),
      ]]) as never,
    );
    return JSON.stringify({
      ...this.#head(),
      response: {
        clientDataJSON: url(this.#client("webauthn.create", options, lies)),
        attestationObject: url(attestation),
        transports: ["internal", "telepathy"],
      },
    });
  }

  /** The answer to a request to sign. */
  get(options: Options, lies: Lies = {}): string {
    const client = this.#client("webauthn.get", options, lies);
    const authenticatorData = this.#data(options, lies, 0);
    const signed = Buffer.concat([authenticatorData, sha256(client)]);
    return JSON.stringify({
      ...this.#head(),
      response: {
        clientDataJSON: url(client),
        authenticatorData: url(authenticatorData),
        signature: url(sign("sha256", signed, this.#keys.privateKey)),
      },
    });
  }

  #head() {
    const id = url(this.id);
    return { id, rawId: id, type: "public-key", clientExtensionResults: {} };
  }

  #client(type: string, { challenge }: Options, lies: Lies): Buffer {
    return Buffer.from(JSON.stringify({
      type: lies.type ?? type,
      challenge: lies.challenge ?? challenge,
      origin: lies.origin ?? this.origin,
      crossOrigin: false,
    }));
  }

  #data({ rp, rpId }: Options, lies: Lies, more: number): Buffer {
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(lies.counter ?? ++this.#counter);
    const flags = 0x01 | (lies.unverified ? 0 : 0x04) | more;
    const site = lies.rpId ?? rpId ?? rp?.id ?? "localhost";
    return Buffer.concat([sha256(site), Buffer.from([flags]), counter]);
  }
}
