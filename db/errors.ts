/** What db verbs throw: codes, not sentences; views choose the words. */

/** The tenant has no such record: answered with 404. */
export class NotFound extends Error {
  constructor(readonly kind: string) {
    super(`${kind} not found`);
    this.name = "NotFound";
  }
}

/** The actor's role lacks the right: answered with 403. */
export class Forbidden extends Error {
  constructor(readonly action: string) {
    super(`${action} is not allowed`);
    this.name = "Forbidden";
  }
}

/** The record has changed since it was read: answered with 409 and both values. */
export class Stale extends Error {
  constructor(readonly kind: string, readonly version: number) {
    super(`${kind} was changed meanwhile`);
    this.name = "Stale";
  }
}

/** A value breaks a rule: answered with 422 next to its field; `code` is a key of the catalogue. */
export class Invalid extends Error {
  constructor(readonly code: string, readonly field = "", readonly params: Params = {}) {
    super(code);
    this.name = "Invalid";
  }
}

export type Params = Record<string, string | number>;

/** Too many attempts: answered with 429 and the number of seconds to wait. */
export class TooMany extends Error {
  constructor(readonly retryAfter: number) {
    super("too many attempts");
    this.name = "TooMany";
  }
}
