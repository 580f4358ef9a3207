/* Keys: search, steps in lists, a page's actions, dialogs. None of them while somebody types. */
{
  const off = () => localStorage.getItem("keys") === "off";
  const dialog = (id) => document.getElementById(id);
  const fields = "input, textarea, select, [contenteditable]";
  const box = "[type=checkbox], [type=radio], [type=submit], [type=button]";
  const typing = (target) => target.closest?.(fields) && !target.matches(box);

  const show = (id) => {
    const found = dialog(id);
    if (!found || document.querySelector("dialog[open]")) return;
    found.showModal();
    const source = found.querySelector("[data-opens]");
    // A key can come before htmx has gone through a fresh page.
    if (!source.hasAttribute("data-htmx-powered")) htmx.process(source);
    htmx.trigger(source, "open");
  };

  /* The next of these links from the one that has the focus; stays at the ends. */
  const step = (links, by) => {
    const at = links.indexOf(document.activeElement);
    const to = at < 0 ? (by > 0 ? 0 : links.length - 1) : at + by;
    const link = links[Math.min(Math.max(to, 0), links.length - 1)];
    link?.focus();
    link?.scrollIntoView({ block: "nearest" });
  };
  const places = [
    "table.data tbody .row-link",
    "table.data tbody .row-actions > a",
    ".open-activities > li > span > a:first-of-type",
    ".lines > li > a",
    ".card-title",
    "table.calendar .entry",
    ".agenda li > span > a",
  ];
  const rows = () => [...document.querySelectorAll(`main :is(${places.join()})`)];

  /* The action of the focused row; afterwards the row that took its place gets the focus. */
  let place = -1;
  const ofRow = (key) => {
    const { activeElement } = document;
    const action = activeElement.closest("main tr, main li")?.querySelector(`[data-key="${key}"]`);
    if (action) place = rows().indexOf(activeElement);
    return action;
  };
  addEventListener("htmx:after:swap", () => {
    if (place < 0) return;
    const links = rows();
    links[Math.min(place, links.length - 1)]?.focus();
    place = -1;
  });
  /* A press that takes its own row away leaves the focus on the press that took its place. */
  const presses = () => [...document.querySelectorAll("main [data-key]")];
  let pressed = -1;
  addEventListener("submit", ({ submitter }) => pressed = presses().indexOf(submitter));
  addEventListener("htmx:after:swap", () => {
    if (pressed < 0) return;
    const left = presses();
    if (document.activeElement === document.body) left[Math.min(pressed, left.length - 1)]?.focus();
    pressed = -1;
  });

  /* On a record that was opened from a list: its neighbours there. */
  const neighbour = (by) => {
    if (rows().includes(document.activeElement)) return null;
    return document.querySelector(`.neighbours [rel="${by > 0 ? "next" : "prev"}"]`);
  };
  const onward = (by) => {
    const link = neighbour(by);
    if (link) link.click();
    else step(rows(), by);
  };

  /* Saves the form that somebody writes in, or the only one of the page. */
  const save = (target) => {
    const forms = [...document.querySelectorAll("main form.form")]
      .filter((form) => form.querySelector(".form-actions .button-primary"));
    const form = target.closest?.("main") ? forms.find((each) => each.contains(target)) : null;
    const meant = form ?? (forms.length === 1 ? forms[0] : null);
    meant?.requestSubmit();
    return meant !== null;
  };

  const actions = {
    "/": () => {
      const field = document.getElementById("global-search");
      field?.focus();
      field?.select();
    },
    "?": () => show("keys"),
    x: () => document.activeElement.closest("main tr")?.querySelector(".tick input")?.click(),
    j: () => onward(1),
    k: () => onward(-1),
  };

  addEventListener("keydown", (event) => {
    const { key, target } = event;
    if (event.altKey || event.defaultPrevented || event.isComposing) return;
    if (event.ctrlKey || event.metaKey) {
      if (!event.shiftKey && /^s$/i.test(key) && !document.querySelector("dialog[open]")) {
        if (save(target)) event.preventDefault();
        return;
      }
      if (key.toLowerCase() !== "k" || event.shiftKey || !dialog("palette")) return;
      event.preventDefault();
      show("palette");
      return;
    }
    if (off() || typing(target) || document.querySelector("dialog[open]")) return;
    const letter = /^[a-z]$/.test(key);
    const link = letter &&
      (ofRow(key) ?? document.querySelector(`main [aria-keyshortcuts="${key}"]`));
    if (!actions[key] && !link) return;
    event.preventDefault();
    if (!link) actions[key]();
    else if (link.matches(fields)) link.focus();
    else link.click();
  });

  addEventListener("click", ({ target }) => {
    const open = target.closest?.("dialog[open]");
    if (open && (target === open || target.closest("a, [data-closes]"))) open.close();
  });

  const showSwitch = () => {
    for (const tick of document.querySelectorAll("[data-keys-switch]")) tick.checked = off();
  };
  addEventListener("change", ({ target }) => {
    if (!target.matches?.("[data-keys-switch]")) return;
    if (target.checked) localStorage.setItem("keys", "off");
    else localStorage.removeItem("keys");
  });
  showSwitch();
  addEventListener("htmx:after:swap", showSwitch);
}
