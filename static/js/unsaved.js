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
  const filled = (selector) =>
    [...document.querySelectorAll(selector)].filter((form) => form.querySelector(typed));
  const refused = () => filled("body.shell main form.form:has(.error-summary)");
  /* Forms that hold what was typed before the page came: they were refused, or a row was added. */
  let returned = isRefusal(performance.getEntriesByType("navigation")[0]?.responseStatus)
    ? refused()
    : [];
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
  /* Whether something is unsaved, apart from what stands in one form. */
  const unsaved = (but = null) =>
    returned.some((form) => form.isConnected && form !== but) ||
    [...touched].some((field) => field.form !== but && differs(field));
  const forget = () => {
    touched.clear();
    returned = [];
  };

  /* Asks whether typed text may go, and does again what would have taken it. A browser's own
   * question will not do: where it is suppressed, nothing could leave the page. */
  const ask = (again) => {
    const dialog = document.getElementById("unsaved");
    if (dialog.open) return;
    dialog.returnValue = "";
    dialog.addEventListener("close", () => {
      if (dialog.returnValue !== "leave") return;
      forget();
      again();
    }, { once: true });
    dialog.showModal();
  };
  const askInstead = (event, again) => {
    event.preventDefault();
    event.stopImmediatePropagation();
    ask(again);
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
    if (event.target.closest?.("[data-leaves]")) {
      document.getElementById("unsaved").close("leave");
      return;
    }
    const link = event.target.closest?.("a[href]");
    if (!link || link.target) return;
    if (link.hasAttribute("download") || !/^https?:$/.test(link.protocol)) {
      // Browsers say that they leave the page for a call or a mail as well.
      staying = true;
      setTimeout(() => staying = false, 500);
      return;
    }
    // Cancel is an answer, and so is a link that fills the form in another way.
    if (link.closest(".form-actions, [data-refills]")) return forget();
    if (link.getAttribute("href").startsWith("#") || link.closest("[data-hx-target]")) return;
    if (!sending && unsaved()) askInstead(event, () => link.click());
  }, true);

  addEventListener("submit", (event) => {
    const { target: form, submitter } = event;
    // What replaces a part of the page leaves the rest as it is.
    const isPart = form.closest("main [data-hx-target]") !== null;
    if (!isPart && !sending && unsaved(form)) {
      return askInstead(event, () => form.requestSubmit(submitter));
    }
    if (isPart || !form.matches(forms)) return;
    sending = true;
    // Buttons with such names ask for the form again: with a row more, with a template's text.
    const again = submitter?.name.startsWith("_") ?? false;
    sent = { again, action: form.getAttribute("action") };
  }, true);

  /* By Back the address has changed already: it is put back. */
  addEventListener("htmx:before:history:restore", (event) => {
    if (event.detail?.path === at || sending || !unsaved()) return;
    event.preventDefault();
    history.pushState({ htmx: true }, "", at);
    ask(() => history.back());
  });

  addEventListener("beforeunload", (event) => {
    if (!staying && !sending && unsaved()) event.preventDefault();
  });

  /* The forms of a page that came back with what was typed. */
  const cameBack = (action) => {
    const all = filled(forms);
    const same = all.filter((form) => form.getAttribute("action") === action);
    return [refused(), same, all].find(({ length }) => length > 0) ?? [];
  };

  /* A page that came back with what is wrong holds what was typed; any other has taken it. */
  addEventListener("htmx:after:swap", ({ detail }) => {
    const { target, response } = detail?.ctx ?? {};
    if (target !== document.body && target?.id !== "main") return;
    const { status, redirected } = response?.raw ?? {};
    if (sending || target === document.body) forget();
    const isBack = sent !== null && !redirected && (sent.again || isRefusal(status));
    returned = isBack ? cameBack(sent.action) : [];
    sending = false;
    sent = null;
    at = location.pathname + location.search;
  });
  for (const failed of ["htmx:error", "htmx:response:error"]) {
    addEventListener(failed, () => sending = false);
  }
}
