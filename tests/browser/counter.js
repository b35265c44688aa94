// The counter of segments while a text is written (3GPP TS 23.038: 160 septets alone, 153 in parts; 70 and 67 in UCS-2).

import { Window } from "./browser.js";
import { check, reads, same } from "./check.js";

const COUNTS = [
  ["160 letters are one segment", "a".repeat(160), "0 left · 1 segment · GSM-7", false],
  ["161 letters are two", "a".repeat(161), "145 left · 2 segments · GSM-7", true],
  ["a sign of the extension table takes two septets", "€".repeat(80), "0 left · 1 segment · GSM-7", false],
  ["70 Arabic letters are one segment of UCS-2, and dear", "م".repeat(70), "0 left · 1 segment · UCS-2", true],
  ["71 Arabic letters are two", "م".repeat(71), "63 left · 2 segments · UCS-2", true],
];

export async function counter(browser, service) {
  const window = await Window.open(browser, service.url);
  const phone = window.phone(2);
  for (const [name, words, count, isDear] of COUNTS) {
    await check(name, async () => {
      await phone.draft.fill(words);
      await reads(phone.count, count);
      same(await phone.count.evaluate((node) => node.classList.contains("dear")), isDear);
    });
  }
  await check("Arabic is written from the right", async () => {
    same(await phone.draft.evaluate((node) => getComputedStyle(node).direction), "rtl");
  });
  await check("a held Clear empties the text, and its count", async () => {
    await phone.root.locator(".clear").hover();
    await window.page.mouse.down();
    await window.page.clock.runFor(1000);
    await window.page.mouse.up();
    same(await phone.draft.inputValue(), "");
    await reads(phone.count, "");
  });
  await window.close();
}
