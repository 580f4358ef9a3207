/** Defines how long a backup is kept. */

/** Days that a backup is kept; after as many days erased data are in no backup (clause 5.2). */
export const windowDays = 14;
