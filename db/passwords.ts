/** Passwords: argon2id, neither common nor the person's own name; parallel hashing is bounded. */
import type { Algorithm } from "@node-rs/argon2";

/** Loaded on first use: most processes never see a password. */
const library = () => import("@node-rs/argon2");

/** OWASP's first choice for argon2id: 19 MiB, two passes, one lane. */
export const parameters = {
  algorithm: 2 as Algorithm.Argon2id,
  memoryCost: 19_456,
  timeCost: 2,
  parallelism: 1,
};
const wanted = "$argon2id$v=19$m=19456,t=2,p=1$";
const shortest = 10;
export const longest = 128;

/** At most this many at once in a process: each takes 19 MiB and a processor core. */
const atOnce = 4;
let running = 0;
const waiting: (() => void)[] = [];

async function bounded<T>(work: () => Promise<T>): Promise<T> {
  if (running < atOnce) running++;
  else await new Promise<void>((resolve) => waiting.push(resolve));
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running--;
  }
}

/** The hash to store, salt and parameters included. */
export async function hash(password: string): Promise<string> {
  const argon2 = await library();
  return await bounded(() => argon2.hash(password.normalize("NFC"), parameters));
}

/** A hash of a password nobody knows, so that an unknown account takes as long as a known one. */
const nobody =
  "$argon2id$v=19$m=19456,t=2,p=1$foVs+v7HW9MEXWwvugRu+g$SdsYATHRuzXEaubCe4gEO+Ef+UHx2Ez82GNZVPvZK0s";

/** Whether the password matches the hash; a missing hash takes just as long and never matches. */
export async function verify(stored: string | null, password: string): Promise<boolean> {
  const argon2 = await library();
  const right = await bounded(() => argon2.verify(stored ?? nobody, password.normalize("NFC")));
  return right && stored !== null;
}

/** Whether a stored hash was made with parameters other than the current ones. */
export const isOutdated = (stored: string): boolean => !stored.startsWith(wanted);

/**
 * Why a new password is refused, as an error code, or null. No rules about kinds of characters
 * (NIST SP 800-63B): only length, the most common passwords, and what an attacker knows of the
 * person.
 */
export async function fault(
  password: string,
  known: readonly string[] = [],
): Promise<string | null> {
  const text = password.normalize("NFC");
  const length = [...text].length;
  if (length === 0) return "required";
  if (length < shortest) return `too_short?min=${shortest}`;
  if (length > longest) return `too_long?max=${longest}`;
  if (await isCommon(text)) return "passwords.common";
  const plain = fold(text);
  const parts = [...known, "kompaktcrm"].flatMap((each) =>
    fold(each).match(/[\p{L}\p{N}]+/gu) ?? []
  );
  return parts.some((part) => part.length >= 4 && plain.includes(part))
    ? "passwords.personal"
    : null;
}

const fold = (text: string) =>
  text.normalize("NFKD").replace(/\p{M}+/gu, "").toLowerCase().replaceAll("ß", "ss");

let common: Promise<Set<string>> | undefined;

/** Loaded when the first password is chosen: it takes twenty megabytes. */
async function readCommon(): Promise<Set<string>> {
  const { dictionary } = await import("@zxcvbn-ts/language-common");
  return new Set(dictionary["passwords-common"]);
}

const rows = ["qwertzuiopu", "asdfghjkloa", "yxcvbnm", "qwertyuiop", "asdfghjkl", "zxcvbnm"];
const runs = [...rows, "12345678901234567890", "abcdefghijklmnopqrstuvwxyz"];

/** In the list of 49,000, or a word of it with a few digits and symbols, or a keyboard run. */
async function isCommon(password: string): Promise<boolean> {
  const list = await (common ??= readCommon());
  const plain = fold(password);
  const word = plain.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, "");
  const half = word.length * 2 >= plain.length;
  return list.has(plain) || (half && list.has(word)) || new Set(plain).size < 4 ||
    isRun(plain) || (half && isRun(word));
}

const isRun = (text: string) =>
  text.length >= 6 &&
  runs.some((run) => run.includes(text) || [...run].reverse().join("").includes(text));
