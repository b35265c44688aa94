// A complaint is taken down without a mouse, in few keys; the printed form asks the same; who complained takes a slip home.

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

import { check, matches, reads, same } from "./check.js";
import { Desk } from "./desk.js";

// Besides the words of the complaint itself: all keys of the place, the sector, gender, age and phone number, and what leads between them.
const MOST_KEYS = 19;
const LOOKS = [
  { width: 1280, height: 900, scheme: "light" },
  { width: 360, height: 740, scheme: "dark" },
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

  const desk = await Desk.open(browser, service.url, "Halima");
  const { page } = desk;
  const begin = () => beginAt(desk, "");

  await check("who turned keys off, or has no script, takes one down with Tab and the arrows", async () => {
    const turn = page.locator("[data-keys]");
    await turn.click();
    await page.keyboard.press("n");
    same(new URL(page.url()).pathname, "/console/complaints");
    await begin();
    for (const key of ["Tab", "Tab", "1"]) await page.keyboard.press(key);
    same(await page.evaluate(() => [document.activeElement.name, document.activeElement.value]), ["sector", ""]);
    for (const key of ["ArrowDown", "Tab", "ArrowDown", "Tab", "Tab", "Enter"]) await page.keyboard.press(key);
    await page.locator(".slip .code").waitFor();
    await turn.click();
  });

  await check("what is wrong stands beside its field, which is in hand, and nothing typed is gone", async () => {
    await begin();
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
  });

  await check("Enter pressed twice makes one complaint, and its slip stays", async () => {
    const waiting = async () => Number(await page.locator("nav .count").first().textContent());
    await begin();
    await page.locator("[name=phone]").focus();
    const before = await waiting();
    await Promise.all([page.keyboard.press("Enter"), page.keyboard.press("Enter")]);
    await page.locator(".slip").waitFor();
    same(await waiting(), before + 1);
  });

  const arabic = await Desk.open(browser, service.url, "Halima", { locale: "ar-SD" });
  for (const [at, lang] of [[desk, "en"], [arabic, "ar"]]) {
    for (const { width, height, scheme } of LOOKS) {
      await check(`${width} px, ${scheme}, ${lang}: form, slip and printed form are well made`, async () => {
        await at.page.setViewportSize({ width, height });
        await at.page.emulateMedia({ colorScheme: scheme });
        await beginAt(at, "?channel=paper");
        same(await at.page.locator("html").getAttribute("lang"), lang);
        await at.page.locator("[name=written]").waitFor();
        await isWellMade(at, width);
        await handIn(at);
        await isWellMade(at, width);
        await at.goTo("/console/intake/paper");
        await isWellMade(at, width);
      });
    }
  }

  await check("the printed form and the slip are one page each in each language, without anything around them", async () => {
    for (const lang of ["en", "sw", "fr", "ar"]) {
      await desk.goTo(`/console/intake/paper?in=${lang}`);
      same(pages(await page.pdf({ preferCSSPageSize: true })), ["595x842"]);
      await begin();
      await page.locator(`[name=language][value=${lang}]`).check();
      await handIn(desk);
      same(await page.locator(".slip").getAttribute("lang"), lang);
      same(pages(await page.pdf({ preferCSSPageSize: true })), ["298x420"]);
      await page.emulateMedia({ media: "print" });
      for (const around of [".masthead", ".foot", ".slip-acts"]) same(await page.locator(around).isVisible(), false);
      await page.emulateMedia({ media: null });
    }
  });

  await check("taking complaints down, the pages complain of nothing and ask nobody else", async () => {
    same([...desk.complaints, ...arabic.complaints].filter((words) => !words.includes("(Unprocessable")), []);
    same([...desk.hosts], [new URL(service.url).host]);
  });
  await desk.close();
  await arabic.close();
}

// Opens the form and types what is wrong where the page begins.
async function beginAt(desk, query) {
  await desk.goTo(`/console/intake${query}`);
  await words(desk.page).waitFor();
  await desk.page.keyboard.insertText(WORDS);
}

async function handIn({ page }) {
  await page.keyboard.press("Control+Enter");
  await page.locator(".slip").waitFor();
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
