/**
 * Suggestions while typing: pages and actions whose name begins so, then records, entries, and all
 * other pages and actions.
 */
import type { Kind } from "../../db/record_kinds.ts";
import { fullName } from "../contacts/names.ts";
import { type Destination, destinations, isNamed } from "../destinations.ts";
import { icons, recordHref } from "../records/nouns.ts";
import { Icon, type IconName } from "../ui/icon.tsx";
import { entryHref, entryIcons, entryKinds } from "./entries.tsx";
import type { SearchProps } from "./page.tsx";

/** Hits that are suggested of each kind of record, and of each kind of entry. */
const few = 6;
const fewest = 3;

interface Hit {
  icon: IconName;
  href: string;
  name: string;
  more?: string | null;
}

/** A short list of links; without a question, what was seen last and where one can go. */
export const Suggestions = (
  { view, q, contacts, companies, deals, entries, seen, alike }: SearchProps,
) => {
  const hits: Hit[] = q === ""
    ? seen.map(({ kind, id, name }) => ({ ...record(kind, id), name }))
    : [
      ...contacts.rows.slice(0, few).map((row) => ({
        ...record("contact", row.id),
        name: fullName(row),
        more: row.summary.company ?? row.summary.city,
      })),
      ...companies.rows.slice(0, few).map(({ id, name, summary }) => ({
        ...record("company", id),
        name,
        more: summary.city,
      })),
      ...deals.rows.slice(0, few).map(({ id, title, summary }) => ({
        ...record("deal", id),
        name: title,
        more: summary.company,
      })),
      ...entryKinds.flatMap((kind) => entries[kind].slice(0, fewest)).map((hit) => ({
        icon: entryIcons[hit.kind],
        href: entryHref(hit),
        name: hit.title || view.t("messages.no_subject"),
        more: hit.detail,
      })),
      ...alike.slice(0, few).map(({ kind, id, name, company }) => ({
        ...record(kind, id),
        name,
        more: company,
      })),
    ];
  const places = destinations(view, q);
  const isMeant = (place: Destination) => isNamed(view, q, place);
  const toPlace = ({ href, label, part }: Destination): Hit => ({
    icon: "chevron-right",
    href,
    name: view.t(label),
    more: part && view.t(part),
  });
  const all = [
    ...places.filter(isMeant).map(toPlace),
    ...hits,
    ...places.filter((place) => !isMeant(place)).map(toPlace),
  ];
  const cut = [contacts, companies, deals].some(({ rows, more }) => more || rows.length > few) ||
    entryKinds.some((kind) => entries[kind].length > fewest);
  return (
    <>
      <p class="hint" role="status" data-q={q}>
        {q === ""
          ? view.t("keys.palette_text")
          : alike.length > 0
          ? view.t("search.alike_hits")
          : view.t(cut ? "search.first_hits" : "search.hits", { count: all.length })}
      </p>
      {all.length === 0 ? null : (
        <div role="listbox" aria-label={view.t("search.suggestions")}>
          {all.map(({ icon, href, name, more }) => (
            <a role="option" tabindex={-1} href={href}>
              <Icon view={view} name={icon} />
              <span>{name}</span>
              {more ? <small>{more}</small> : null}
            </a>
          ))}
        </div>
      )}
    </>
  );
};

const record = (kind: Kind, id: string) => ({ icon: icons[kind], href: recordHref(kind, id) });
