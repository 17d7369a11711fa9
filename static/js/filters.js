// A filter takes effect when it is ticked; without this script the button below the filters does it.
document.documentElement.classList.add("scripted");

document.addEventListener("change", (event) => {
  const box = event.target.closest(".facet input");
  if (box) box.form.requestSubmit();
});

// After a part of the page was exchanged: boxes show what the address says, turned pages are read from their top,
// and who stood on something that is gone, like a removed chip, is led to the heading of the answer.
document.addEventListener("htmx:after:swap", (event) => {
  for (const box of document.querySelectorAll(".facet input")) box.checked = box.defaultChecked;
  const source = event.detail?.ctx?.sourceElement ?? event.target;
  if (document.activeElement === document.body || source.closest?.(".pager")) document.getElementById("heading")?.focus({ preventScroll: true });
});

// A part that did not come is asked for as a whole page: the browser knows how to say that a site is away.
document.addEventListener("htmx:error", (event) => {
  const asked = event.detail?.ctx?.request?.action;
  if (asked) location.assign(asked);
});
