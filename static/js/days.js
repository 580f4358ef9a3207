/* Days that a form suggests: a press fills the date beside it. */
{
  addEventListener("click", ({ target }) => {
    const press = target.closest?.("[data-day]");
    if (!press) return;
    const field = document.getElementById(press.dataset.fills);
    field.value = press.dataset.day;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  });
}
