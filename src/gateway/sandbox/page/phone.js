// One phone: its thread, its draft and its keys.

import { holdable, keypad } from "./keypad.js";

const COUNT_AFTER_MS = 60;

// `world` has: people, line, textsOf(number), send(from, to, body), choose(sid), chosen(), renamed().
export function phone(world, owner) {
  const root = document.getElementById("phone-template").content.firstElementChild.cloneNode(true);
  const part = (name) => root.querySelector(`.${name}`);
  const [thread, welcome, draft, names, notice] = ["thread", "welcome", "draft", "names", "notice"].map(part);
  let to = world.line.numbers[0];
  const items = new Map();

  const number = part("number");
  number.append(...world.people.map((person) => new Option(`${person.name}, ${spaced(person.number)}`, person.number)));
  number.value = owner;
  draft.setAttribute("aria-label", `Text to the ${world.line.name}`);
  welcome.textContent = `No texts yet. Write to the ${world.line.name}: what is wrong, and where.`;

  const nameOf = (address) => (world.line.numbers.includes(address) ? world.line.name : spaced(address));

  const dial = (address) => {
    to = address;
    part("dialled").textContent = nameOf(address);
    showNames(false);
  };

  // ── the thread ──────────────────────────────────────────────────────────────────────────────────

  // What is there already stays as it is, or a screen reader would read it again and the focus would be lost.
  // `quiet`: what comes is not new, so the phone does not buzz.
  const show = (quiet) => {
    const texts = world.textsOf(number.value);
    const sids = new Set(texts.map((text) => text.sid));
    for (const [sid, item] of items) {
      if (sids.has(sid)) continue;
      item.root.remove();
      items.delete(sid);
    }
    const arrived = texts.filter((text) => !items.has(text.sid));
    for (const text of arrived) {
      items.set(text.sid, entry(() => world.choose(text.sid)));
      thread.append(items.get(text.sid).root);
    }
    for (const text of texts) items.get(text.sid).draw(text, world.chosen() === text.sid);
    welcome.hidden = texts.length > 0;
    if (arrived.length > 0) toLatest();
    if (!quiet && arrived.some((text) => !text.inbound)) buzz();
  };

  const toLatest = () => {
    thread.scrollTop = thread.scrollHeight;
  };

  const buzz = () => {
    root.classList.remove("buzz");
    void root.offsetWidth; // restarts the animation
    root.classList.add("buzz");
  };

  // ── writing ─────────────────────────────────────────────────────────────────────────────────────

  let counting = 0;
  const count = async () => {
    const text = draft.value;
    const answer = await fetch("/phones/count", json({ text })).then((answer) => answer.json());
    if (draft.value !== text) return;
    const segments = answer.segments === 1 ? "1 segment" : `${answer.segments} segments`;
    part("count").textContent = text === "" ? "" : `${answer.left} left · ${segments} · ${answer.encoding}`;
    part("count").classList.toggle("dear", answer.segments > 1 || answer.encoding === "UCS-2");
  };

  const fit = () => {
    draft.rows = 1;
    while (draft.rows < 4 && draft.scrollHeight > draft.clientHeight) draft.rows += 1;
    toLatest();
  };

  const written = () => {
    say("");
    draft.dir = directionOf(draft.value);
    fit();
    clearTimeout(counting);
    counting = setTimeout(() => count().catch(() => {}), COUNT_AFTER_MS);
  };

  const compose = (text) => {
    draft.value = text;
    draft.setSelectionRange(text.length, text.length);
    written();
  };

  const say = (words) => {
    notice.textContent = words;
    notice.hidden = words === "";
  };

  const send = async () => {
    const body = draft.value;
    keys.rest();
    if (body.trim() === "") return;
    compose("");
    const error = await world.send(number.value, to, body);
    if (error && draft.value === "") compose(body);
    if (error) say(`Not sent. ${error}`);
  };

  const clear = () => {
    keys.rest();
    const end = draft.selectionEnd;
    const start = draft.selectionStart === end ? end - 1 : draft.selectionStart;
    if (start < 0) return;
    draft.setRangeText("", start, end, "end");
    written();
  };

  // ── names ───────────────────────────────────────────────────────────────────────────────────────

  const showNames = (open) => {
    names.hidden = !open;
    part("screen").hidden = open;
    part("open-names").setAttribute("aria-expanded", String(open));
    if (open) names.querySelector("button").focus();
  };

  names.append(
    ...world.line.numbers.map((address) => {
      const item = document.createElement("li");
      const button = document.createElement("button");
      button.type = "button";
      button.append(nameOf(address), document.createElement("br"), spaced(address));
      button.addEventListener("click", () => {
        dial(address);
        draft.focus();
      });
      item.append(button);
      return item;
    }),
  );

  // ── wiring ──────────────────────────────────────────────────────────────────────────────────────

  const keys = keypad(part("keypad"), draft, (mode) => (part("mode").textContent = mode));
  const scroll = (by) => () => thread.scrollBy({ top: by });
  holdable(part("clear"), clear, () => compose(""));
  part("send").addEventListener("click", send);
  part("up").addEventListener("click", scroll(-60));
  part("down").addEventListener("click", scroll(60));
  part("open-names").addEventListener("click", () => showNames(names.hidden));
  names.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    showNames(false);
    part("open-names").focus();
  });
  draft.addEventListener("input", written);
  draft.addEventListener("keydown", (event) => {
    keys.rest();
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    send();
  });
  number.addEventListener("change", () => {
    show(true);
    world.renamed();
  });

  root.addEventListener("animationend", () => root.classList.remove("buzz"));

  // A finger gets the phone in view, not the keyboard over it.
  const take = () => {
    if (matchMedia("(pointer: coarse)").matches) root.scrollIntoView({ block: "start" });
    else draft.focus();
  };

  // A hidden thread forgets where it was. Only then: a text that moved away under the finger could not be chosen.
  let wasHidden = false;
  const seen = () => {
    const isHidden = thread.clientHeight === 0;
    if (wasHidden && !isHidden) toLatest();
    wasHidden = isHidden;
  };
  new ResizeObserver(seen).observe(thread);

  dial(to);
  show(true);
  return { root, show, compose, take, number: () => number.value };
}

// One text in the thread.
function entry(choose) {
  const root = document.getElementById("text-template").content.firstElementChild.cloneNode(true);
  const part = (name) => root.querySelector(`.${name}`);
  part("choose").addEventListener("click", choose);

  const draw = (text, isChosen) => {
    const [sign, meaning] = markOf(text);
    root.classList.toggle("mine", text.inbound);
    part("choose").setAttribute("aria-pressed", String(isChosen));
    write(part("who"), `${text.inbound ? "You" : "Reply"} ${clock(text.at_ms)} · ${text.segments}×${text.encoding}`);
    write(part("mark"), sign);
    part("mark").setAttribute("aria-label", meaning);
    writeWords(part("words"), text.body);
    part("words").dir = directionOf(text.body);
  };
  return { root, draw };
}

// By the first letter. dir="auto" would do, but browsers keep it where the words come later.
function directionOf(words) {
  return /^\P{L}*[\p{Script=Arabic}\p{Script=Hebrew}]/u.test(words) ? "rtl" : "ltr";
}

// Only where it differs: each write is announced.
function write(node, words) {
  if (node.textContent !== words) node.textContent = words;
}

// A tracking number is not broken at the end of a line: somebody has to copy it.
function writeWords(node, words) {
  if (node.textContent === words) return;
  const pieces = words.split(/(\d{3} \d{3} \d{4})/);
  node.replaceChildren(...pieces.map((piece, at) => (at % 2 === 0 ? piece : unbroken(piece))));
}

function unbroken(words) {
  const node = document.createElement("span");
  node.className = "unbroken";
  node.textContent = words;
  return node;
}

function markOf(text) {
  if (text.inbound) {
    if (text.webhook === null) return ["✓", "on its way"];
    return text.webhook >= 200 && text.webhook < 300 ? ["✓✓", "arrived"] : ["✗", "the service did not take it"];
  }
  if (text.status === "delivered") return ["✓✓", "delivered"];
  if (text.status === "undelivered") return [`✗ ${text.error ?? ""}`, "not delivered"];
  return text.status === "sent" ? ["✓", "sent"] : ["…", "waiting at the gateway"];
}

export function clock(at_ms) {
  return new Date(at_ms).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", hour12: false });
}

// +254 700 100 201
export function spaced(address) {
  return address.replace(/^(\+\d{3})(\d{3})(\d{3})(\d+)$/, "$1 $2 $3 $4");
}

export function json(body) {
  return { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
}
