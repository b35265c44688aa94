// Without a mouse: everything can be reached with Tab, seen where it is, and used.

import { Window } from "./browser.js";
import { check, number, reads, same } from "./check.js";

// More stops than the page has.
const MANY = 120;

export async function keyboard(browser, service) {
  const window = await Window.open(browser, service.url);
  const { page } = window;
  const phone = window.phone(2);
  const press = (key) => page.keyboard.press(key);
  const isOn = (locator) => locator.evaluate((node) => node === document.activeElement);
  const tabTo = async (locator) => {
    for (let stop = 0; stop < MANY; stop += 1) {
      if (await isOn(locator)) return;
      await press("Tab");
    }
    throw new Error(`${MANY} times Tab do not lead there`);
  };

  await check("Tab goes through the whole page and out again, and shows where it is", async () => {
    const seen = [];
    for (let stop = 0; stop < MANY; stop += 1) {
      await press("Tab");
      const at = await page.evaluate(whereFocusIs);
      if (at === null) break;
      if (!at.shown) throw new Error(`${at.name} does not show that it has the focus`);
      seen.push(at.name);
    }
    if (seen.length === MANY) throw new Error("the focus does not leave the page");
    for (const name of ["draft", "key", "soft send", "toggle", "number"]) {
      if (!seen.includes(name)) throw new Error(`${name} is not reached: ${seen.join(", ")}`);
    }
  });

  await check("an example is taken, sent and answered", async () => {
    await page.reload();
    await tabTo(page.locator(".examples button").last());
    await press("Enter");
    same(await window.phone(0).draft.inputValue(), "HELP");
    await window.phone(0).sent(() => press("Enter"));
  });

  await check("the arrows move on the key pad, and Enter presses a key", async () => {
    await tabTo(phone.key("1"));
    for (const key of ["ArrowRight", "ArrowDown", "Enter", "Enter"]) await press(key);
    same(await phone.draft.inputValue(), "K");
  });

  await check("Names opens, Escape closes it, and the focus comes back", async () => {
    const names = phone.root.getByRole("button", { name: "Names", exact: true });
    await names.focus();
    await press("Enter");
    same(await isOn(phone.root.locator(".names button")), true);
    await press("Escape");
    await phone.root.locator(".names").waitFor({ state: "hidden" });
    same(await isOn(names), true);
  });

  await check("a text is chosen with Enter, and what happened inside opens", async () => {
    const text = phone.texts.last().getByRole("button");
    await tabTo(text);
    await press("Enter");
    await number(page.locator("#inside li.service"), 3);
    await reads(page.locator("#inside-of"), /Hakuna dawa/);
    same(await isOn(text), true);
  });
  await window.close();
}

// Runs in the page. `null` outside of it.
function whereFocusIs() {
  const node = document.activeElement;
  if (node === document.body) return null;
  const style = getComputedStyle(node);
  const hasCaret = node.matches("textarea");
  return {
    name: node.className || node.textContent.trim(),
    shown: hasCaret || style.outlineStyle !== "none" || style.boxShadow !== "none",
  };
}
