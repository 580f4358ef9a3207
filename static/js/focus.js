/*
 * After a page came by htmx: its heading gets the focus, unless the page asks for another place.
 * Back leads to the link by which the page was left; where that was is kept in this tab alone.
 * A step within a page leaves the focus on itself: the next week is one more press away.
 */
{
  const steps = ["main thead a", "main .tabs a", ".timeline-kinds a", ".calendar-period a"];
  const stepsOf = (group) => [...document.querySelectorAll(group)];
  let step = null;

  addEventListener("click", ({ target }) => {
    const group = steps.find((each) => target.closest?.(each));
    step = group
      ? { group, at: stepsOf(group).indexOf(target.closest(group)), page: location.pathname }
      : null;
  }, true);

  const stepped = () => {
    const { group, at, page } = step ?? {};
    step = null;
    return page === location.pathname ? stepsOf(group)[at] : null;
  };

  const left = new Map();
  let back = null;

  addEventListener("click", ({ target }) => {
    const href = target.closest?.("main a[href]")?.getAttribute("href");
    if (href) left.set(location.href, href);
  }, true);

  addEventListener("popstate", () => {
    step = null;
    back = left.get(location.href) ?? null;
  });

  const leftBy = () => {
    const href = back;
    back = null;
    if (href === null) return null;
    return [...document.querySelectorAll("main a[href]")]
      .find((link) => link.getAttribute("href") === href);
  };

  /* A row that is moved up or down keeps the focus: it may go further by the next press. */
  let shifted = null;
  addEventListener("submit", ({ target }) => {
    const way = target.closest?.(".stage-order") && target.elements.way?.value;
    shifted = way ? { action: target.getAttribute("action"), way } : null;
  }, true);

  const shiftedRow = () => {
    const { action, way } = shifted ?? {};
    shifted = null;
    const forms = [...document.querySelectorAll(".stage-order form")]
      .filter((form) => form.getAttribute("action") === action);
    const again = forms.find((form) => form.elements.way.value === way) ?? forms[0];
    return again?.querySelector("button:not([tabindex])");
  };

  addEventListener("htmx:after:swap", ({ detail }) => {
    if (document.activeElement === document.body) {
      const link = stepped() ?? shiftedRow();
      if (link) return link.focus({ preventScroll: true });
    }
    if (detail?.ctx?.target !== document.body) return;
    const link = leftBy();
    if (link) return link.focus({ preventScroll: true });
    const wanted = document.querySelector("[autofocus]");
    if (wanted) {
      if (wanted.matches("textarea")) wanted.setSelectionRange(wanted.value.length, -1);
      // The page goes to its top after this: what has to be read first must not lie below it.
      return requestAnimationFrame(() => {
        if (wanted === document.activeElement) wanted.scrollIntoView({ block: "nearest" });
      });
    }
    if (document.activeElement && document.activeElement !== document.body) return;
    const place = document.querySelector("main h1") ?? document.querySelector("main");
    place?.focus({ preventScroll: true });
  });
}
