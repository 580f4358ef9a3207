/* Says so when a request of htmx did not come through; hidden again by the next one that does. */
{
  const fault = () => document.getElementById("request-fault");
  const tell = (reason) => {
    const notice = fault();
    if (!notice) return;
    notice.textContent = notice.dataset[reason];
    notice.hidden = false;
  };

  addEventListener("htmx:error", (event) => {
    if (event.detail?.error?.name !== "AbortError") tell("network");
  });
  addEventListener("htmx:response:error", (event) => {
    const status = event.detail?.ctx?.response?.raw?.status ?? 0;
    if (status >= 500) tell(status === 503 ? "unavailable" : "server");
  });
  addEventListener("htmx:before:request", () => {
    const notice = fault();
    if (notice) notice.hidden = true;
  });

  /* What such a form fetches may be a file: the page stays then, and what was wrong before must not. */
  addEventListener("submit", ({ target: form }) => {
    if (form.dataset.hxBoost !== "false") return;
    for (const told of form.querySelectorAll(".error-summary, .error:not([data-passkey-fault])")) {
      told.remove();
    }
    for (const field of form.querySelectorAll("[aria-invalid]")) {
      field.removeAttribute("aria-invalid");
    }
  });

  /* A page that was not taken must not take the address either. */
  addEventListener("htmx:before:history:update", (event) => {
    if ((event.detail?.response?.raw?.status ?? 0) >= 500) event.preventDefault();
  });
}
