/** Sibling pages as a row of links, such as the parts of the settings. */

export interface TabLink {
  href: string;
  label: string;
  current: boolean;
  count?: string;
}

/** Real links to real pages; the current one is marked. */
export const Tabs = ({ label, links }: { label: string; links: readonly TabLink[] }) => (
  <nav class="tabs" aria-label={label}>
    <ul>
      {links.map(({ href, label, current, count }) => (
        <li>
          <a href={href} aria-current={current ? "page" : undefined}>
            {label}
            {count === undefined ? null : [" ", <span class="count">{count}</span>]}
          </a>
        </li>
      ))}
    </ul>
  </nav>
);
