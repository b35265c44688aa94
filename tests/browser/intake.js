// A complaint is taken down without a mouse, in few keys; the printed form asks the same; who complained takes a slip home.

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

import { check, matches, reads, same } from "./check.js";
import { Desk } from "./desk.js";

// Besides the words of the complaint itself: all keys of the place, the sector, gender, age and phone number, and what leads between them.
const MOST_KEYS = 19;
const LOOKS = [
  { width: 1280, height: 900, scheme: "light", locale: "en-GB" },
  { width: 360, height: 740, scheme: "dark", locale: "en-GB" },
  { width: 1280, height: 900, scheme: "light", locale: "ar-SD" },
  { width: 360, height: 740, scheme: "dark", locale: "ar-SD" },
];
const WORDS = "The borehole at the school gives no water since Monday";

export async function intake(browser, service) {
  const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
  const isWellMade = async ({ page }, width) => {
    same(await page.evaluate(() => document.documentElement.scrollWidth), width);
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => globalThis.axe.run());
    same(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(", ")}`), []);
  };

  await check(`a walk-in is taken down in ${MOST_KEYS} keys besides its words, and the next begins with one`, async () => {
    const desk = await Desk.open(browser, service.url, "Noor");
    const { page } = desk;
    let keys = 0;
    const press = async (...all) => {
      for (const key of all) {
        keys += 1;
        await page.keyboard.press(key);
      }
    };
    await page.keyboard.press("n");
    await page.waitForURL(/\/console\/intake$/);
    await words(page).waitFor();
    await page.keyboard.insertText(WORDS);
    await press("Tab", ..."eld");
    await press("Tab", "1");
    await press("1", "2");
    await press(..."0722000111", "Enter");
    await page.locator(".slip").waitFor();
    console.log(`# ${keys} keys, ten of them the phone number's`);
    if (keys > MOST_KEYS) throw new Error(`${keys} keys`);
    const number = matches(await page.locator(".slip .large").textContent(), /([\d ]{12})/);
    await page.waitForFunction(() => performance.now() > 600);
    await page.keyboard.press("Enter");
    await page.waitForURL(/intake\?channel=walk_in/);
    same(await page.evaluate(() => document.activeElement.name), "words");
    await desk.goTo(`/console/complaints/${number.replaceAll(" ", "")}`);
    await reads(page.locator(".said"), WORDS);
    await reads(page.locator(".envelope"), /Across a desk/);
    await reads(page.locator(".facts"), /Place\s*Eldas\s*Sector\s*Water/);
    await reads(page.locator(".facts"), /a woman, 18 to 34/);
    await reads(page.locator(".facts"), /Noor/);
    same(desk.complaints, []);
    await desk.close();
  });

  await check("who turned keys off, and who has no script, takes one down with Tab and the arrows", async () => {
    const desk = await Desk.open(browser, service.url, "Halima");
    const { page } = desk;
    await page.locator("[data-keys]").click();
    await page.keyboard.press("n");
    same(new URL(page.url()).pathname, "/console/complaints");
    await desk.goTo("/console/intake");
    await words(page).waitFor();
    await page.keyboard.insertText(WORDS);
    for (const key of ["Tab", "Tab", "1"]) await page.keyboard.press(key);
    same(await page.evaluate(() => [document.activeElement.name, document.activeElement.value]), ["sector", ""]);
    for (const key of ["ArrowDown", "Tab", "ArrowDown", "Tab", "Tab", "Enter"]) await page.keyboard.press(key);
    await page.locator(".slip .code").waitFor();
    await desk.close();
  });

  await check("what is wrong stands beside its field, which is in hand, and nothing typed is gone", async () => {
    const desk = await Desk.open(browser, service.url, "Halima");
    const { page } = desk;
    await desk.goTo("/console/intake");
    await words(page).waitFor();
    await page.keyboard.insertText(WORDS);
    await page.locator("[name=phone]").fill("0722");
    await page.locator("[name=brings][value=another]").check();
    await page.locator("[name=name]").fill("Amina");
    await page.keyboard.press("Control+Enter");
    await reads(page.locator("#e-phone"), /No phone has this number/);
    await reads(page.locator("#e-brought_by"), /who brings it/);
    same(await page.evaluate(() => document.activeElement.name), "phone");
    same(await page.locator("[name=words]").inputValue(), WORDS);
    same(await page.locator("[name=name]").inputValue(), "Amina");
    await isWellMade(desk, 1280);
    await desk.close();
  });

  await check("Enter pressed twice makes one complaint, and its slip stays", async () => {
    const desk = await Desk.open(browser, service.url, "Halima");
    const { page } = desk;
    const waiting = async () => Number(await page.locator("nav .count").first().textContent());
    await desk.goTo("/console/intake");
    const before = await waiting();
    await words(page).waitFor();
    await page.keyboard.insertText(WORDS);
    await page.locator("[name=phone]").focus();
    await Promise.all([page.keyboard.press("Enter"), page.keyboard.press("Enter")]);
    await page.locator(".slip").waitFor();
    same(await waiting(), before + 1);
    await desk.close();
  });

  for (const look of LOOKS) {
    const what = `${look.width} px, ${look.scheme}, ${look.locale}`;
    await check(`${what}: form, slip and printed form are well made`, async () => {
      const desk = await Desk.open(browser, service.url, "Halima", look);
      const { page } = desk;
      await desk.goTo("/console/intake?channel=paper");
      await page.locator("[name=written]").waitFor();
      await isWellMade(desk, look.width);
      await page.locator("[name=words]").fill(WORDS);
      await page.keyboard.press("Control+Enter");
      await page.locator(".slip").waitFor();
      await isWellMade(desk, look.width);
      await desk.goTo("/console/intake/paper");
      await isWellMade(desk, look.width);
      same(desk.complaints, []);
      await desk.close();
    });
  }

  await check("the printed form and the slip are one page each, without anything around them", async () => {
    for (const locale of ["en-GB", "sw-KE", "fr-CD", "ar-SD"]) {
      const desk = await Desk.open(browser, service.url, "Noor", { locale });
      const { page } = desk;
      await desk.goTo("/console/intake/paper");
      same(pages(await page.pdf({ preferCSSPageSize: true })), ["595x842"]);
      await desk.goTo("/console/intake");
      await page.locator("[name=words]").fill(WORDS);
      await page.keyboard.press("Control+Enter");
      await page.locator(".slip").waitFor();
      same(pages(await page.pdf({ preferCSSPageSize: true })), ["298x420"]);
      await page.emulateMedia({ media: "print" });
      for (const around of [".masthead", ".foot", ".slip-acts"]) same(await page.locator(around).isVisible(), false);
      await desk.close();
    }
  });
}

// The field that the page begins in.
function words(page) {
  return page.locator("[name=words]:focus");
}

// The sizes of a file's pages, in points.
function pages(pdf) {
  const boxes = pdf.toString("latin1").matchAll(/\/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]/g);
  return [...boxes].map(([, width, height]) => `${Math.round(width)}x${Math.round(height)}`);
}
