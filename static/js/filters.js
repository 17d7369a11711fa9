// A filter takes effect when it is ticked; without this script the button below the filters does it.
document.documentElement.classList.add("scripted");

document.addEventListener("change", (event) => {
  const box = event.target.closest(".facet input");
  if (box) box.form.requestSubmit();
});

// After a part of the page was exchanged: boxes show what the address says, and turned pages are read from their top.
document.addEventListener("htmx:after:swap", (event) => {
  for (const box of document.querySelectorAll(".facet input")) box.checked = box.defaultChecked;
  const source = event.detail?.ctx?.sourceElement ?? event.target;
  if (source.closest?.(".pager")) document.getElementById("heading")?.focus({ preventScroll: true });
});
