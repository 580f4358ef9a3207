/** Short marks beside a name: states and tags. */

/** `neutral` unless the state asks for attention. */
export type Tone = "neutral" | "accent" | "ok" | "warn" | "danger";

/** A state in a word. */
export const Badge = ({ label, tone = "neutral" }: { label: string; tone?: Tone }) => (
  <span class={`badge badge-${tone}`}>{label}</span>
);

/** A tag; with `href` it links to the list of everything that has it. */
const Tag = ({ label, href }: { label: string; href?: string }) =>
  href ? <a class="tag" href={href}>{label}</a> : <span class="tag">{label}</span>;

/** Several tags in a row; `href` makes the address from the label's value. */
export const Tags = (
  { tags, href }: { tags: readonly string[]; href?: (tag: string) => string },
) => <span class="tags">{tags.map((tag) => Tag({ label: tag, href: href?.(tag) }))}</span>;
