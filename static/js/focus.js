/* After a page came by htmx: its heading gets the focus, unless the page asks for another place. */
{
  addEventListener("htmx:after:swap", ({ detail }) => {
    if (detail?.ctx?.target !== document.body) return;
    if (document.querySelector("[autofocus]")) return;
    if (document.activeElement && document.activeElement !== document.body) return;
    const place = document.querySelector("main h1") ?? document.querySelector("main");
    place?.focus({ preventScroll: true });
  });

  /* Ctrl+K goes to the search, as the field itself says by aria-keyshortcuts. */
  addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    const field = document.querySelector(`[data-hotkey="${CSS.escape(event.key)}"]`);
    if (!field) return;
    event.preventDefault();
    field.focus();
    field.select();
  });
}
