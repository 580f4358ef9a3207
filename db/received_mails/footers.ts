/**
 * Handles plain-text footers that lists append to a base64 text, which would be decoded as part of
 * it.
 */
import { Buffer } from "node:buffer";

const isCoded = /^content-transfer-encoding[ \t]*:[ \t]*base64[ \t]*$/im;
const isOther = /^content-type[ \t]*:(?![ \t]*text\/)/im;
const coded = /^[A-Za-z0-9+/]{1,998}={0,2}[ \t\r]*$/;

/** The mail, given byte by byte, with such a footer encoded as part of its text. */
export function encoded(mail: string): string {
  const end = /\r?\n\r?\n/.exec(mail);
  if (!end) return mail;
  const head = mail.slice(0, end.index);
  if (!isCoded.test(head) || isOther.test(head)) return mail;
  const lines = mail.slice(end.index + end[0].length).split("\n");
  const at = lines.findIndex((line) => line.trim() !== "" && !coded.test(line));
  const footer = lines.slice(at).join("\n");
  if (at < 1 || lines.slice(0, at).join("").trim() === "") return mail;
  const text = Buffer.from(lines.slice(0, at).join(""), "base64");
  const whole = Buffer.concat([text, Buffer.from(`\n\n${footer}`, "latin1")]).toString("base64");
  return `${head}${end[0]}${whole.replace(/.{76}/g, "$&\r\n")}\r\n`;
}
