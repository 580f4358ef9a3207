/** The formats of cards that are not line-based, each recognised by how its file begins. */

import * as contactCards from "./contact_cards.ts";
import * as jcards from "./jcards.ts";
import * as phoneBooks from "./phone_books.ts";
import * as xcards from "./xcards.ts";

const forms = [jcards, contactCards, xcards, phoneBooks];

/** How many characters of a file are enough to recognise it. */
export const telling = 4096;

/** The format of cards with which a file begins; undefined if it is none of them. */
export const formOf = (start: string): (typeof forms)[number] | undefined =>
  forms.find((form) => form.begins(start.slice(0, telling)));
