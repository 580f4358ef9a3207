/** Recognises columns that are never read by their headings. */

/** Whether the column holds a password, a hash or a token: such a column is never read. */
export function isSecret(heading: string): boolean {
  return /passwor[dt]|kennwort|passphrase|(?:^|_| )pwd|hash(?:ed)?\b|\bsalt\b|secret|geheim|api.?key|token|(?:^|_| )(?:pin|tan|otp|totp|cvv|cvc)$|encoder|private.?key|session.?id|confirmation.?key/i
    .test(heading.replace(/([a-z])([A-Z])/g, "$1 $2"));
}
