// The page of phones: what all phones share, and the stream of texts.

import { inside } from "./inside.js";
import { json, phone } from "./phone.js";

const PEOPLE = [
  { name: "Halima", number: "+254700100201" },
  { name: "Abdi", number: "+254700100202" },
  { name: "Nasra", number: "+254700100203" },
  { name: "Mutua", number: "+254700100204" },
  { name: "Fatuma", number: "+254700100205" },
];

const EXAMPLES = [
  ["English", "Borehole at Habasswein is broken, no water 5 days"],
  ["Kiswahili", "Hakuna dawa katika hospitali ya Griftu wiki mbili sasa"],
  ["Soomaali", "Ceelka Habaswein waa jabay, biyo ma jiraan shan maalmood"],
  ["العربية", "لا يوجد دواء في المستوصف منذ أسبوعين"],
  ["English", "Food aid list in Eldas leaves out widows"],
  ["Help", "HELP"],
];

const texts = new Map();
const phones = [];
let chosen = null;
let active = 0;
// Where two fit, the two last used, so that the one in hand is always among them.
let recent = [0, 1];

const world = {
  people: PEOPLE,
  line: await fetch("/phones/line").then((answer) => answer.json()),
  chosen: () => chosen,

  textsOf: (number) => [...texts.values()].filter((text) => (text.inbound ? text.from : text.to) === number),

  async send(from, to, body) {
    chosen = null;
    try {
      const answer = await fetch("/sandbox/texts", json({ from, to, body }));
      return answer.ok ? null : ((await answer.json()).error ?? "The gateway has a fault.");
    } catch {
      return "The gateway cannot be reached; your text is kept.";
    }
  },

  choose(sid) {
    chosen = sid;
    panel.open(true);
    phones.forEach((phone) => phone.show(true));
  },

  // The chosen text or else the latest, from the text to the line to the last reply before the next one.
  exchange() {
    const all = [...texts.values()];
    const text = texts.get(chosen) ?? all.findLast((text) => text.inbound) ?? all.at(-1);
    if (!text) return [];
    const thread = world.textsOf(text.inbound ? text.from : text.to);
    const at = thread.indexOf(text);
    const first = Math.max(0, thread.slice(0, at + 1).findLastIndex((text) => text.inbound));
    const next = thread.findIndex((text, index) => index > first && text.inbound);
    return thread.slice(first, next < 0 ? undefined : next);
  },

  renamed: () => tabs(),
};

const panel = inside(world);
document.getElementById("line-name").textContent = world.line.name;
document.title = `Text the ${world.line.name} · jibu`;

for (const person of PEOPLE.slice(0, 3)) phones.push(phone(world, person.number));
document.getElementById("phones").append(...phones.map((phone) => phone.root));
phones.forEach((phone, index) => phone.root.addEventListener("focusin", () => activate(index)));

// On a narrow screen one phone is shown, chosen here; on a wide one this says which phone an example goes to.
function tabs() {
  const buttons = phones.map((phone, index) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = PEOPLE.find((person) => person.number === phone.number()).name;
    button.setAttribute("aria-pressed", String(index === active));
    button.addEventListener("click", () => activate(index));
    return button;
  });
  document.getElementById("tabs").replaceChildren(...buttons);
}

function activate(index) {
  active = index;
  recent = [index, ...recent.filter((at) => at !== index)].slice(0, 2);
  phones.forEach(({ root }, at) => {
    root.classList.toggle("active", at === index);
    root.classList.toggle("recent", recent.includes(at));
  });
  tabs();
}

document.getElementById("examples").append(
  ...EXAMPLES.map(([kind, words]) => {
    const item = document.createElement("li");
    const button = document.createElement("button");
    const label = document.createElement("small");
    label.textContent = kind;
    button.type = "button";
    button.append(label, words);
    button.addEventListener("click", () => {
      phones[active].compose(words);
      phones[active].take();
    });
    item.append(button);
    return item;
  }),
);

const connection = document.getElementById("connection");
const events = new EventSource("/phones/events");
events.onopen = () => (connection.textContent = "");
events.onerror = () => (connection.textContent = "The service is not answering. Trying again; nothing you wrote is lost.");
let first = true;
events.onmessage = (event) => {
  for (const text of JSON.parse(event.data)) {
    if (text.deleted) texts.delete(text.sid);
    else texts.set(text.sid, text);
  }
  phones.forEach((phone) => phone.show(first));
  panel.show();
  first = false;
};

activate(0);
