/** The privacy policy's clauses by number, and the stored form of a composed version. */

/** Every clause in order: those of August 2024, and what the law requires in addition. */
export const clauses = [
  "1.1",
  "1.2",
  "2.1",
  "2.2",
  "2.3",
  "3.1",
  "3.2",
  "3.3",
  "3.4",
  "3.5",
  "3.6",
  "3.7",
  "4.1",
  "4.2",
  "4.3",
  "5.1",
  "5.2",
  "5.3",
  "6.1",
  "6.2",
  "6.3",
  "6.4",
  "6.5",
  "6.6",
  "6.7",
  "6.8",
  "6.9",
  "6.10",
  "7.1",
  "7.2",
  "8.1",
  "8.2",
] as const;

export type ClauseNumber = typeof clauses[number];

/** A clause as readers see it: paragraphs, then the facts that the system itself states. */
export interface Clause {
  number: ClauseNumber;
  title: string;
  paragraphs: string[];
  table?: { head: string[]; rows: string[][] };
  /** Shown apart from the rest, as Art. 21(4) GDPR demands for the right to object. */
  apart?: true;
}

export interface Section {
  number: string;
  title: string;
  clauses: Clause[];
}

/** Texts that replace the built-in ones, by clause and language. */
export type Texts = Partial<Record<ClauseNumber, { de: string; en: string }>>;

/** The gaps in a text that still need a value: `[address]`. */
export function placeholders(sections: readonly Section[]): string[] {
  const found = new Set<string>();
  for (const { clauses } of sections) {
    for (const { paragraphs } of clauses) {
      for (const gap of paragraphs.join("\n").matchAll(/\[[^\]\n]{1,60}\]|\{\w+\}/g)) {
        found.add(gap[0]);
      }
    }
  }
  return [...found].sort();
}
