/* Menus close by a click elsewhere and by Escape, which gives the focus back. */
{
  const open = () => document.querySelectorAll("details[data-menu][open]");

  addEventListener("click", ({ target }) => {
    for (const menu of open()) if (!menu.contains(target)) menu.open = false;
  });
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of open()) {
      if (menu.contains(document.activeElement)) menu.querySelector("summary").focus();
      menu.open = false;
    }
  });

  /* The current section or tab may lie outside the strip of a phone. */
  const reveal = () => {
    for (const strip of document.querySelectorAll(".sections, .tabs")) {
      const link = strip.querySelector("[aria-current]");
      if (link) strip.scrollLeft = link.offsetLeft - (strip.clientWidth - link.offsetWidth) / 2;
    }
  };
  reveal();
  addEventListener("htmx:after:swap", reveal);
}
