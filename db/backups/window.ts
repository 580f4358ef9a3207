/** How long a backup is kept. */

/** Days that a backup is kept: erased data are gone from the newest one after as many (clause 5.2). */
export const windowDays = 14;
