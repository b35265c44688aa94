// The demo's clock and its newest letters, beside the phones.

// A letter leaves a second or two after the clock was moved.
const LOOK_EVERY_MS = 2000;

const part = (name) => document.getElementById(name);
// One move at a time: a second press in haste is not a second day. Not `disabled`, which would take the focus away.
let moving = false;

const show = ({ place, shows, at_work: atWork, letters }) => {
  write(part("clock-place"), place);
  write(part("clock-shows"), shows);
  write(part("clock-at-work"), atWork);
  part("no-letters").hidden = letters.length > 0;
  // What is there already stays, or the focus would be lost.
  const ids = letters.map(({ id }) => id);
  const there = [...part("letters").children].map(({ dataset }) => dataset.id);
  if (ids.join() !== there.join()) part("letters").replaceChildren(...letters.map(entry));
};

function entry({ id, subject, to, at }) {
  const item = document.createElement("li");
  item.dataset.id = id;
  const link = document.createElement("a");
  link.href = `/mail/${id}`;
  link.textContent = subject;
  link.dir = "auto";
  const small = document.createElement("small");
  small.textContent = `${at}, to ${to}`;
  item.append(link, small);
  return item;
}

// Only where it differs: each write may be announced.
function write(node, words) {
  if (node.textContent !== words) node.textContent = words;
}

async function look() {
  try {
    const answer = await fetch("/demo/now");
    if (answer.ok) show(await answer.json());
  } catch {
    // The page says by itself that the service is away.
  }
  setTimeout(look, LOOK_EVERY_MS);
}

async function moveOn(to) {
  if (moving) return;
  moving = true;
  try {
    const body = JSON.stringify({ to });
    const answer = await fetch("/demo/clock", { method: "POST", headers: { "content-type": "application/json" }, body });
    const told = await answer.json();
    if (answer.ok) show(told);
    write(part("clock-said"), answer.ok ? `It is ${told.shows} now. Who is logged in at the console logs in again, as on any morning.` : told.error);
  } catch {
    write(part("clock-said"), "The service is not answering; the clock was not moved.");
  }
  moving = false;
}

for (const button of document.querySelectorAll("[data-to]")) button.addEventListener("click", () => moveOn(button.dataset.to));
look();
