/* After a page came by htmx: its heading gets the focus, unless the page asks for another place. */
{
  addEventListener("htmx:after:swap", ({ detail }) => {
    if (detail?.ctx?.target !== document.body) return;
    if (document.querySelector("[autofocus]")) return;
    if (document.activeElement && document.activeElement !== document.body) return;
    const place = document.querySelector("main h1") ?? document.querySelector("main");
    place?.focus({ preventScroll: true });
  });
}
