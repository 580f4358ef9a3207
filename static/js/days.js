/* Days that a form suggests: a press fills the date beside it; who presses a key is there then. */
{
  addEventListener("click", ({ target, detail }) => {
    const press = target.closest?.("[data-day]");
    if (!press) return;
    const field = document.getElementById(press.dataset.fills);
    field.value = press.dataset.day;
    field.dispatchEvent(new Event("change", { bubbles: true }));
    // Enter goes on to save. A finger would be shown the calendar instead.
    if (detail === 0) field.focus();
  });
}
