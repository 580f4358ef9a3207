/** Forms in which cards are written other than by lines, each told by how its file begins. */

import * as contactCards from "./contact_cards.ts";
import * as jcards from "./jcards.ts";
import * as phoneBooks from "./phone_books.ts";
import * as xcards from "./xcards.ts";

const forms = [jcards, contactCards, xcards, phoneBooks];

/** So many characters of a file tell which it is. */
export const telling = 4096;

/** The form of cards by which a file begins; undefined where it is none of them. */
export const formOf = (start: string): (typeof forms)[number] | undefined =>
  forms.find((form) => form.begins(start.slice(0, telling)));
