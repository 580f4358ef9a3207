/*
 * Asks before somebody leaves what they typed into a form and did not send: by a link, by Back, by a
 * search, by closing the tab. Nothing is kept in the browser. Cancel, beside the button, is an answer.
 */
{
  const forms = "body.shell main :is(form.form, form.quick-entry)";
  const secret = "[type=password], [autocomplete=one-time-code]";
  const typed = `:is(textarea, select, input:not([type=hidden], [type=file], ${secret}))`;
  const isRefusal = (status) => status === 409 || status === 422;
  const touched = new Set();
  /* Whether the page holds what was typed before it came: it was refused, or a row was added. */
  let returned = isRefusal(performance.getEntriesByType("navigation")[0]?.responseStatus) &&
    document.querySelector(`body.shell main form.form:has(.error-summary) ${typed}`) !== null;
  let sending = false;
  let sent = null;
  let staying = false;
  let at = location.pathname + location.search;

  const chosen = ({ options, selectedOptions, multiple }) => {
    const preset = [...options].filter(({ defaultSelected }) => defaultSelected);
    if (!multiple && preset.length === 0) preset.push(options[0]);
    return preset.length !== selectedOptions.length ||
      preset.some((option) => !option.selected);
  };
  const differs = (field) => {
    if (!field.isConnected) return false;
    if (field.options) return chosen(field);
    return /^(checkbox|radio)$/.test(field.type)
      ? field.checked !== field.defaultChecked
      : field.value !== field.defaultValue;
  };
  const unsaved = () => !sending && (returned || [...touched].some(differs));
  const forget = () => {
    touched.clear();
    returned = false;
  };

  /* Whether the page may be left: there is nothing to lose, or that is what the person wants. */
  const mayLeave = (loses = unsaved()) => {
    if (!loses) return true;
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
    if (!form || target.matches(secret)) return;
    if (form.matches(".quick-entry") && !target.matches("textarea, [type=text]")) return;
    touched.add(target);
    sending = false;
    at = location.pathname + location.search;
  });

  addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button > 0) return;
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const link = event.target.closest?.("a[href]");
    if (!link || link.target) return;
    if (link.hasAttribute("download") || !/^https?:$/.test(link.protocol)) {
      // Browsers say that they leave the page for a call or a mail as well.
      staying = true;
      setTimeout(() => staying = false, 500);
      return;
    }
    if (
      link.getAttribute("href").startsWith("#") || link.closest(".form-actions, [data-hx-target]")
    ) {
      if (link.closest(".form-actions")) forget();
      return;
    }
    if (!mayLeave()) stop(event);
  }, true);

  addEventListener("submit", (event) => {
    const { target: form, submitter } = event;
    const own = form.matches(forms);
    const others = () => [...touched].some((field) => field.form !== form && differs(field));
    // What replaces a part of the page leaves the rest as it is.
    const isPart = form.closest("main [data-hx-target]") !== null;
    if (!isPart && !mayLeave(own ? others() : unsaved())) return stop(event);
    if (!own) return;
    sending = true;
    // Buttons with such names ask for the form again: with a row more, with a template's text.
    if (!isPart) sent = { again: submitter?.name.startsWith("_") ?? false };
  }, true);

  /* By Back the address has changed already: it is put back. */
  addEventListener("htmx:before:history:restore", (event) => {
    if (event.detail?.path === at || mayLeave()) return;
    event.preventDefault();
    history.pushState({ htmx: true }, "", at);
  });

  addEventListener("beforeunload", (event) => {
    if (!staying && unsaved()) event.preventDefault();
  });

  /* A page that came back with what is wrong holds what was typed; any other has taken it. */
  addEventListener("htmx:after:swap", ({ detail }) => {
    const { target, response } = detail?.ctx ?? {};
    if (target !== document.body && target?.id !== "main") return;
    const { status, redirected } = response?.raw ?? {};
    if (sending || target === document.body) forget();
    returned = sent !== null && !redirected && (sent.again || isRefusal(status)) &&
      document.querySelector(`${forms} ${typed}`) !== null;
    sending = false;
    sent = null;
    at = location.pathname + location.search;
  });
  for (const failed of ["htmx:error", "htmx:response:error"]) {
    addEventListener(failed, () => sending = false);
  }
}
