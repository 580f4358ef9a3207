/*
 * A day or a time that there is not, such as 31.02.: the browser would send it empty, as if nothing
 * had been typed. So it is sent as a question mark, and the server says beside it what is wrong.
 */
{
  addEventListener("formdata", ({ target, formData }) => {
    if (target.method !== "post") return;
    for (const field of target.elements) {
      if (field.validity?.badInput && field.name && !field.disabled) formData.set(field.name, "?");
    }
  });
}
