// One phone: its thread, its draft and its keys.

import { holdable, keypad } from "./keypad.js";

const COUNT_AFTER_MS = 60;

// `world` has: people, line, textsOf(number), send(from, to, body), choose(text), chosen().
export function phone(world, owner) {
  const root = document.getElementById("phone-template").content.firstElementChild.cloneNode(true);
  const part = (name) => root.querySelector(`.${name}`);
  const [thread, draft, names, notice] = ["thread", "draft", "names", "notice"].map(part);
  let to = world.line.numbers[0];
  let known = new Set();

  const number = part("number");
  number.append(...world.people.map((person) => new Option(`${person.name}, ${spaced(person.number)}`, person.number)));
  number.value = owner;
  draft.setAttribute("aria-label", `Text to the ${world.line.name}`);
  thread.setAttribute("aria-label", "Texts on this phone");

  const nameOf = (address) => (world.line.numbers.includes(address) ? world.line.name : spaced(address));

  const dial = (address) => {
    to = address;
    part("dialled").textContent = nameOf(address);
    showNames(false);
  };

  // ── the thread ──────────────────────────────────────────────────────────────────────────────────

  // `quiet`: what comes is not new, so the phone does not buzz.
  const show = (quiet) => {
    const texts = world.textsOf(number.value);
    const follows = thread.scrollTop + thread.clientHeight > thread.scrollHeight - 40;
    const arrived = texts.filter((text) => !known.has(text.sid));
    thread.replaceChildren(...texts.map((text) => entry(text)));
    if (texts.length === 0) thread.append(welcome(world.line));
    if (arrived.length > 0 || follows) thread.scrollTop = thread.scrollHeight;
    if (!quiet && arrived.some((text) => !text.inbound)) buzz();
    known = new Set(texts.map((text) => text.sid));
  };

  const entry = (text) => {
    const item = document.createElement("li");
    item.className = text.inbound ? "text mine" : "text";
    const button = document.createElement("button");
    button.type = "button";
    button.setAttribute("aria-pressed", String(world.chosen() === text.sid));
    button.title = "What happens inside";
    button.addEventListener("click", () => world.choose(text));
    const words = document.createElement("p");
    words.dir = "auto";
    words.textContent = text.body;
    button.append(caption(text), words);
    item.append(button);
    return item;
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
    thread.scrollTop = thread.scrollHeight;
  };

  const written = () => {
    say("");
    fit();
    clearTimeout(counting);
    counting = setTimeout(() => count().catch(() => {}), COUNT_AFTER_MS);
  };

  const write = (text) => {
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
    write("");
    const error = await world.send(number.value, to, body);
    if (error && draft.value === "") write(body);
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
    thread.hidden = open;
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
  holdable(part("clear"), clear, () => write(""));
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

  dial(to);
  show(true);
  return { root, show, write, take, number: () => number.value };
}

// Before the first text.
function welcome(line) {
  const item = document.createElement("li");
  item.className = "welcome";
  item.textContent = `No texts yet. Write to the ${line.name}: what is wrong, and where.`;
  return item;
}

function caption(text) {
  const line = document.createElement("span");
  line.className = "caption";
  const who = document.createElement("span");
  who.textContent = `${text.inbound ? "You" : "Reply"} ${clock(text.at_ms)} · ${text.segments}×${text.encoding}`;
  const mark = document.createElement("span");
  const [sign, words] = markOf(text);
  mark.className = "mark";
  mark.textContent = sign;
  mark.setAttribute("role", "img");
  mark.setAttribute("aria-label", words);
  line.append(who, mark);
  return line;
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
