/*
 * Asks before somebody leaves what they typed into a form and did not send: by a link, by Back, by a
 * search, by closing the tab. Nothing is kept in the browser. Cancel, beside the button, is an answer.
 */
{
  const forms = "body.shell main :is(form.form, form.quick-entry)";
  const touched = new Set();
  let refused = false;
  let sending = false;
  let at = "";

  const differs = (field) =>
    field.isConnected &&
    (/^(checkbox|radio)$/.test(field.type)
      ? field.checked !== field.defaultChecked
      : field.value !== field.defaultValue);
  const unsaved = () => !sending && (refused || [...touched].some(differs));
  const forget = () => {
    touched.clear();
    refused = false;
  };

  /* Whether the page may be left: there is nothing to lose, or that is what the person wants. */
  const mayLeave = () => {
    if (!unsaved()) return true;
    if (!confirm(document.getElementById("request-fault")?.dataset.unsaved)) return false;
    forget();
    return true;
  };
  const stop = (event) => {
    event.preventDefault();
    event.stopImmediatePropagation();
  };

  addEventListener("input", ({ target }) => {
    // Of the line for a new activity only words count: its choices are a press away.
    const form = target.form?.matches(forms) ? target.form : null;
    if (!form || target.type === "password") return;
    if (form.matches(".quick-entry") && !target.matches("textarea, [type=text]")) return;
    touched.add(target);
    sending = false;
    at = location.pathname + location.search;
  });

  addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button > 0) return;
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const link = event.target.closest?.("a[href]");
    if (!link || link.target || !/^https?:$/.test(link.protocol)) return;
    if (
      link.getAttribute("href").startsWith("#") || link.closest(".form-actions, [data-hx-target]")
    ) {
      if (link.closest(".form-actions")) forget();
      return;
    }
    if (!mayLeave()) stop(event);
  }, true);

  addEventListener("submit", (event) => {
    const form = event.target;
    if (form.matches(forms)) sending = true;
    else if (form.closest("header, dialog") && !mayLeave()) stop(event);
  }, true);

  /* By Back the address has changed already: it is put back. */
  addEventListener("htmx:before:history:restore", (event) => {
    if (event.detail?.path === at || mayLeave()) return;
    event.preventDefault();
    history.pushState({ htmx: true }, "", at);
  });

  addEventListener("beforeunload", (event) => {
    if (unsaved()) event.preventDefault();
  });

  /* A page that came back with what is wrong holds what was typed; any other has taken it. */
  addEventListener("htmx:after:swap", ({ detail }) => {
    const { target, response } = detail?.ctx ?? {};
    if (target !== document.body && target?.id !== "main") return;
    const status = response?.raw?.status ?? 200;
    if (sending || target === document.body) forget();
    sending = false;
    refused = status === 422 && document.querySelector(forms) !== null;
    at = location.pathname + location.search;
  });
  for (const failed of ["htmx:error", "htmx:response:error"]) {
    addEventListener(failed, () => sending = false);
  }
}
