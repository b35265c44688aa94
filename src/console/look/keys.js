// Keys on the console's pages: j and k, or the arrows, go through a list, Enter opens, / goes to the search, a digit presses the button that
// shows it, n opens a form for a new complaint. In such a form a digit chooses what it stands beside and goes on to the next field, and
// Ctrl and Enter hand it in. Everything is a link, a field or a button as well; without this script nothing is missing but the keys. Who speaks to their
// computer, or often hits a key unawares, turns them off (WCAG 2.1.4); the browser remembers it.
"use strict";

const CHOICE = "jibu-keys";
const areOff = () => localStorage.getItem(CHOICE) === "off";

const turn = document.querySelector("[data-keys]");
if (turn) {
  const say = () => (turn.textContent = areOff() ? turn.dataset.on : turn.dataset.off);
  turn.addEventListener("click", () => {
    localStorage.setItem(CHOICE, areOff() ? "on" : "off");
    say();
  });
  say();
  turn.hidden = false;
}

const rows = () => [...document.querySelectorAll("[data-row] a[data-open]")];

const step = (by) => {
  const all = rows();
  if (all.length === 0) return;
  const at = all.indexOf(document.activeElement);
  const next = at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + by, 0), all.length - 1);
  all[next].focus();
  all[next].closest("[data-row]").scrollIntoView({ block: "nearest" });
};

const types = (element) => element.matches("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]");

// The field behind a group of choices: what is hidden, or has no key of its own, is passed over.
const next = (radio) => {
  const all = [...radio.form.elements].filter((field) => field.type !== "hidden" && field.checkVisibility());
  const behind = all.slice(all.findLastIndex((field) => field.name === radio.name) + 1);
  const first = behind[0];
  const chosen = behind.find((field) => field.type === "radio" && field.name === first.name && field.checked);
  return chosen ?? first;
};

const choose = (radio, key) => {
  const choice = radio.closest("[role=radiogroup]")?.querySelector(`input[data-key="${key}"]`);
  if (!choice) return false;
  choice.click();
  next(choice)?.focus();
  return true;
};

// Enter that was pressed twice hands a form in and lands on what comes after: the slip stays, unless it is pressed once more.
const TWICE = 600;
document.querySelector("[data-after]")?.addEventListener("click", (event) => {
  if (event.timeStamp < TWICE) event.preventDefault();
});

for (const button of document.querySelectorAll("[data-print]")) {
  button.addEventListener("click", () => print());
  button.hidden = false;
}

document.addEventListener("keydown", (event) => {
  const form = event.target.closest("[data-quick]");
  if (form && event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    form.requestSubmit();
    return;
  }
  if (areOff() || event.ctrlKey || event.metaKey || event.altKey || types(event.target)) return;
  if (event.target.type === "radio" && choose(event.target, event.key.toLowerCase())) {
    event.preventDefault();
  } else if (event.key === "n") {
    document.querySelector('nav a[href="/console/intake"]')?.click();
  } else if (event.key === "/") {
    const search = document.querySelector("[data-search]");
    if (!search) return;
    event.preventDefault();
    search.focus();
    search.select();
  } else if (event.key === "j" || event.key === "k") {
    step(event.key === "j" ? 1 : -1);
  } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && event.target.closest("[data-row]")) {
    event.preventDefault();
    step(event.key === "ArrowDown" ? 1 : -1);
  } else if (/^[1-9]$/.test(event.key)) {
    // The digits of the row in hand, or of the only one that has any.
    const near = event.target.closest("[data-row]") ?? document;
    const buttons = near.querySelectorAll(`button[data-key="${event.key}"]`);
    if (buttons.length === 1) buttons[0].click();
    else takeUp();
  }
});

// Takes up the first row that digits do something in: a digit pressed before one is in hand does nothing else.
const takeUp = () => document.querySelector("[data-row]:has(button[data-key]) a[data-open]")?.focus();

// After one was done by its digit the next is in hand.
if (new URLSearchParams(location.search).has("done")) takeUp();
