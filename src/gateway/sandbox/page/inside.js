// "What happens inside": the steps of one exchange, the gateway's and the service's, on one line of time.

import { clock } from "./phone.js";

const panel = document.getElementById("inside");
const toggle = document.getElementById("inside-toggle");
const of = document.getElementById("inside-of");
const legend = document.getElementById("inside-legend");
const list = document.getElementById("inside-steps");

// On a narrow screen the panel opens below: with less of it in sight, nothing would seem to have happened.
const BARELY_SEEN_PX = 160;

// `world` has exchange(sid): the chosen text, what it answers or is answered by, oldest first.
export function inside(world) {
  let shown = 0;

  const open = async (wanted) => {
    panel.hidden = !wanted;
    toggle.setAttribute("aria-expanded", String(wanted));
    document.body.classList.toggle("with-inside", wanted);
    await show(); // First, or the page may be too short to be scrolled that far.
    if (wanted && panel.getBoundingClientRect().top > innerHeight - BARELY_SEEN_PX) panel.scrollIntoView();
  };

  const show = async () => {
    const turn = (shown += 1);
    const texts = panel.hidden ? [] : world.exchange();
    if (texts.length === 0) return;
    const service = await Promise.all(texts.filter((text) => text.inbound && text.webhook !== null).map(stepsOfService));
    if (turn !== shown) return;
    const steps = [...texts.flatMap(stepsOfGateway), ...service.flat()];
    steps.sort((a, b) => a.at_ms - b.at_ms || a.rank - b.rank);
    of.textContent = `${clock(texts[0].at_ms)}: “${shortened(texts[0].body)}”`;
    legend.hidden = false;
    list.replaceChildren(...steps.map((step) => entry(step, steps[0].at_ms)));
  };

  toggle.addEventListener("click", () => open(panel.hidden));
  return { open, show };
}

// Within a millisecond: the webhook leaves, the service works, the gateway goes on.
function stepsOfGateway(text) {
  return text.steps.map((step, index) => ({ ...step, at: "gateway", rank: text.inbound && index < 2 ? 0 : 2 }));
}

// What the service did with a text that it has; where it cannot say so, the gateway's steps stand alone.
async function stepsOfService({ sid }) {
  try {
    const answer = await fetch(`/inside/${encodeURIComponent(sid)}`);
    const { steps } = answer.ok ? await answer.json() : { steps: [] };
    return steps.map((step) => ({ ...step, at: "service", rank: 1 }));
  } catch {
    return [];
  }
}

function shortened(words) {
  const letters = [...words];
  return letters.length > 60 ? `${letters.slice(0, 60).join("")}…` : words;
}

function entry(step, start) {
  const item = document.createElement("li");
  item.className = step.at;
  const where = document.createElement("span");
  where.className = "unseen";
  where.textContent = `${step.at}, `;
  const when = document.createElement("span");
  when.className = "when";
  when.textContent = `+${Math.max(0, step.at_ms - start)} ms`;
  const title = document.createElement("strong");
  title.textContent = step.title;
  const detail = document.createElement("p");
  detail.textContent = step.detail;
  item.append(when, where, title, detail);
  return item;
}
