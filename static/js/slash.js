// The key "/" leads to the search box; the box at the foot of the page switches this off.
const KEPT = "slash-key";

function isOn() {
  return localStorage.getItem(KEPT) !== "off";
}

function isTyping(element) {
  return element.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(element.tagName);
}

function showSwitch() {
  const box = document.getElementById("slash-key");
  if (!box) return;
  box.checked = isOn();
  box.closest(".shortcut").hidden = false;
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || !isOn() || isTyping(event.target)) return;
  const box = document.getElementById("q");
  if (!box) return;
  event.preventDefault();
  box.focus();
  box.select();
});

document.addEventListener("change", (event) => {
  if (event.target.id === "slash-key") localStorage.setItem(KEPT, event.target.checked ? "on" : "off");
});

document.addEventListener("htmx:after:swap", showSwitch);
showSwitch();
