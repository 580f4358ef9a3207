/** A new self-signed certificate for one name, so that no test stores a key. */
import { Buffer } from "node:buffer";
import { generateKeyPairSync, randomBytes, sign } from "node:crypto";
import { now } from "../../db/clock.ts";

/** A DER element: its tag, its length, its content. */
function der(tag: number, ...parts: Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size = length < 128
    ? [length]
    : length < 256
    ? [0x81, length]
    : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

const sequence = (...parts: Uint8Array[]) => der(0x30, ...parts);
const text = (tag: number, value: string) => der(tag, Buffer.from(value));
const ecdsaWithSha256 = sequence(der(0x06, Buffer.from("2a8648ce3d040302", "hex")));

/** `YYMMDDHHMMSSZ`, this many days from now. */
function utcTime(days: number): Buffer {
  const at = new Date(now().getTime() + days * 86_400_000).toISOString();
  return text(0x17, `${at.replace(/[-:T]/g, "").slice(2, 14)}Z`);
}

/** Certificate and key in PEM for a host's name. */
export function selfSigned(host: string): { cert: string; key: string } {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const name = sequence(der(
    0x31,
    sequence(der(0x06, Buffer.from("550403", "hex")), text(0x0c, host)),
  ));
  const alternative = sequence(
    der(0x06, Buffer.from("551d11", "hex")),
    der(0x04, sequence(text(0x82, host))),
  );
  const body = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.from([1]), randomBytes(8)),
    ecdsaWithSha256,
    name,
    sequence(utcTime(-1), utcTime(30)),
    name,
    publicKey.export({ type: "spki", format: "der" }) as Buffer,
    der(0xa3, sequence(alternative)),
  );
  const signature = sign("sha256", body, privateKey);
  const whole = sequence(body, ecdsaWithSha256, der(0x03, Buffer.from([0]), signature));
  const lines = whole.toString("base64").match(/.{1,64}/g)!.join("\n");
  return {
    cert: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: "pkcs8", format: "pem" }) as string,
  };
}
