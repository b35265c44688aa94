// A newcomer moves the demo's time on, and sees a reminder and an escalation; the link in a letter leads to the complaint.

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

import { check, matches, same } from "./check.js";

export async function mail(browser, service) {
  const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, bypassCSP: true });
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  const now = async () => Date.parse(`${(await page.locator(".now").innerText()).replace(",", "")} GMT`);
  const subjects = () => page.locator("article h2").allInnerTexts();
  const morning = () => page.getByRole("button", { name: "To the next working morning" }).click();

  await check("the mail page says what time it is, and a button moves it a day on", async () => {
    await page.goto(`${service.url}/mail`);
    const before = await now();
    await page.getByRole("button", { name: "A day later" }).click();
    const passed = (await now()) - before;
    same(passed >= 86_400_000 && passed < 86_520_000, true);
  });

  await check("within a few mornings an organisation is reminded, and the convener has word of what to follow up", async () => {
    const has = async (words) => (await page.locator("article").filter({ hasText: words }).count()) > 0;
    for (let days = 0; days < 12 && !(await has("Reminded twice without effect")); days += 1) await morning();
    same(await has("Reminded twice without effect"), true);
    same((await subjects()).some((subject) => /complaints? (is|are) overdue$/.test(subject)), true);
    same((await now()) > 0, true);
  });

  await check("no letter has a phone number or what somebody said", async () => {
    const letters = (await page.locator("article").allTextContents()).join("\n");
    for (const said of ["+254", "0700", "asking for money", "borehole"]) same(letters.includes(said), false);
  });

  await check("axe finds nothing on the mail page, wide and narrow, and nothing is too wide", async () => {
    for (const width of [1280, 360]) {
      await page.setViewportSize({ width, height: 740 });
      same(await page.evaluate(() => document.documentElement.scrollWidth), width);
      await page.evaluate(axe);
      const { violations } = await page.evaluate(() => globalThis.axe.run({ exclude: ["iframe"] }));
      same(violations.map(({ id }) => id), []);
    }
  });

  await check("a link in a letter asks for the login, and leads to that complaint", async () => {
    const address = await page.locator("article a[href*='/console/complaints/']").first().getAttribute("href");
    await page.goto(address);
    matches(page.url(), /\/console\/login\?next=/);
    await page.getByRole("button", { name: /\bNoor\u2069?$/ }).click();
    await page.locator("form:has(input[type=password]) button").first().click();
    await page.waitForURL(address);
  });
  await context.close();
}
