/* Work for a form: before it is sent, the browser looks for a number whose digest begins with zeros.
   Where there is no digest, over plain http, the form is sent as it is. A page that htmx brings back
   brings this script once more. */
if (!globalThis.worksForForms) {
  globalThis.worksForForms = true;
  const able = globalThis.crypto?.subtle !== undefined;
  const atOnce = 256;
  const place = (form) => form.querySelector("[data-work]");
  const note = (form) => form.querySelector("[data-work-note]");

  const zeros = async (text) => {
    const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
    return Math.clz32(new DataView(digest).getUint32(0));
  };

  const find = async (start, bits) => {
    for (let first = 0;; first += atOnce) {
      const tries = Array.from({ length: atOnce }, (_, at) => zeros(`${start}\n${first + at}`));
      const hit = (await Promise.all(tries)).findIndex((count) => count >= bits);
      if (hit >= 0) return first + hit;
    }
  };

  addEventListener("submit", async (event) => {
    const form = event.target;
    const answer = place(form);
    if (!able || !answer || answer.value) return;
    event.preventDefault();
    const button = form.querySelector("button");
    button.disabled = true;
    note(form).hidden = false;
    const { issued, email } = form.elements;
    const start = `${issued.value}\n${email.value.trim().toLowerCase()}`;
    answer.value = await find(start, Number(answer.dataset.work));
    form.submit();
  });

  /* With Back the form may hold another address: what was found counts for one. */
  addEventListener("pageshow", () => {
    for (const answer of document.querySelectorAll("[data-work]")) {
      answer.value = "";
      answer.form.querySelector("button").disabled = false;
      note(answer.form).hidden = true;
    }
  });
}
