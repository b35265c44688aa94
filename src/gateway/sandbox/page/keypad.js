// The twelve keys, as they type on a basic phone: a key pressed again within a moment gives its next letter, a key held
// gives its digit.

// Key, what it types in turn, what is printed on it, and what is read out besides.
const KEYS = [
  ["1", ".,?!'\"-()@/:1", ".,?"],
  ["2", "abc2", "abc"],
  ["3", "def3", "def"],
  ["4", "ghi4", "ghi"],
  ["5", "jkl5", "jkl"],
  ["6", "mno6", "mno"],
  ["7", "pqrs7", "pqrs"],
  ["8", "tuv8", "tuv"],
  ["9", "wxyz9", "wxyz"],
  ["*", "*+&%;=_", "+", "signs"],
  ["0", " 0\n", "space"],
  ["#", "", "aA1", "letters, capitals or digits"],
];
const MODES = ["Abc", "abc", "ABC", "123"];

const NEXT_LETTER_MS = 900;
const HOLD_MS = 550;

// Puts the keys into `pad` and types with them into `draft`. `shown` is told the mode: abc, Abc, ABC or 123.
export function keypad(pad, draft, shown) {
  let mode = 0;
  let last = { key: null, presses: 0, timer: 0 };

  const rest = () => {
    clearTimeout(last.timer);
    last = { key: null, presses: 0, timer: 0 };
  };

  const setMode = (next) => {
    mode = next;
    shown(MODES[mode]);
  };

  // Replaces the letter that is being chosen, or puts a new one at the caret.
  const type = (character, replacing) => {
    const end = draft.selectionEnd;
    const start = replacing ? end - 1 : draft.selectionStart;
    draft.setRangeText(character, Math.max(0, start), end, "end");
    draft.dispatchEvent(new Event("input", { bubbles: true }));
    draft.scrollTop = draft.scrollHeight;
  };

  const inCase = (character, replacing) => {
    const before = draft.value.slice(0, draft.selectionStart - (replacing ? 1 : 0));
    const begins = /(^|[.?!]\s+)$/.test(before);
    return MODES[mode] === "ABC" || (MODES[mode] === "Abc" && begins) ? character.toUpperCase() : character;
  };

  const press = (key, letters) => {
    if (key === "#") {
      rest();
      setMode((mode + 1) % MODES.length);
      return;
    }
    if (MODES[mode] === "123" && key !== "*") {
      rest();
      type(key, false);
      return;
    }
    const again = last.key === key;
    const presses = again ? last.presses + 1 : 0;
    clearTimeout(last.timer);
    type(inCase(letters[presses % letters.length], again), again);
    last = { key, presses, timer: setTimeout(rest, NEXT_LETTER_MS) };
  };

  const hold = (key) => {
    if (key !== "#") {
      type(key, last.key === key);
    }
    rest();
  };

  const buttons = KEYS.map(([key, letters, printed, read], index) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "key";
    button.tabIndex = index === 0 ? 0 : -1;
    button.setAttribute("aria-label", [`${key} ${printed}`, read].filter(Boolean).join(", "));
    const digit = document.createElement("b");
    digit.textContent = key;
    const caption = document.createElement("small");
    caption.textContent = printed;
    button.append(digit, " ", caption);
    holdable(button, () => press(key, letters), () => hold(key));
    return button;
  });
  pad.append(...buttons);
  roving(pad, buttons);
  setMode(0);
  return { rest };
}

// Calls `press` at once, and `hold` if the button is still down a moment later. The draft keeps its focus, or the
// keyboard of a touch screen would open over the keys.
export function holdable(button, press, hold) {
  let timer = 0;
  const up = () => {
    clearTimeout(timer);
    button.classList.remove("pressed");
  };
  button.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    event.preventDefault();
    button.classList.add("pressed");
    press();
    timer = setTimeout(hold, HOLD_MS);
  });
  for (const end of ["pointerup", "pointerleave", "pointercancel"]) button.addEventListener(end, up);
  button.addEventListener("contextmenu", (event) => event.preventDefault());
  // Enter, space and assistive technology: a click without a pointer.
  button.addEventListener("click", (event) => {
    if (event.detail === 0) press();
  });
}

// One stop of the Tab key for the whole pad; the arrow keys move within it.
function roving(pad, buttons) {
  const steps = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -3, ArrowDown: 3 };
  pad.addEventListener("keydown", (event) => {
    const at = buttons.indexOf(document.activeElement);
    const next = buttons[at + steps[event.key]];
    if (at < 0 || !next) return;
    event.preventDefault();
    buttons[at].tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  });
}
