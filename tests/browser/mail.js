// A newcomer moves the demo's time on, and sees a reminder and an escalation; the link in a letter leads to the complaint.

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

import { check, matches, same } from "./check.js";

export async function mail(browser, service) {
  const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, bypassCSP: true });
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  const subjects = () => page.locator(".letters a").allInnerTexts();
  const paths = () => page.locator(".letters a").evaluateAll((links) => links.map((link) => link.getAttribute("href")));
  const letters = async () => {
    const read = [];
    for (const path of await paths()) {
      await page.goto(service.url + path);
      read.push((await page.locator(".text").first().textContent()) ?? "");
    }
    return read;
  };

  await check("after a few mornings organisations were reminded, and the convener is told what to follow up", async () => {
    for (let mornings = 0; mornings < 8; mornings += 1) {
      await page.goto(`${service.url}/phones`);
      const before = await page.locator("#clock-shows").filter({ hasNotText: "…" }).innerText();
      await page.getByRole("button", { name: "To the next working morning" }).click();
      await page.locator("#clock-shows").filter({ hasNotText: before }).waitFor();
    }
    await page.locator(".beside .letters a").filter({ hasText: "and what to do" }).first().waitFor();
    await page.goto(`${service.url}/mail`);
    same((await subjects()).some((subject) => /complaints? (is|are) overdue$/.test(subject)), true);
  });

  await check("a letter says what to do, and has no phone number and nothing that somebody said", async () => {
    const read = (await letters()).join("\n");
    for (const said of ["Overdue now", "Reminded twice without effect: follow up.", "To do: accept it"]) same(read.includes(said), true);
    same(["+254", "0700", "asking for money", "orehole"].filter((secret) => read.includes(secret)), []);
  });

  await check("axe finds nothing beside a letter, wide and narrow, and nothing is too wide", async () => {
    await page.goto(`${service.url}/mail`);
    for (const width of [1280, 360]) {
      await page.setViewportSize({ width, height: 740 });
      same(await page.evaluate(() => document.documentElement.scrollWidth), width);
      await page.evaluate(axe);
      const { violations } = await page.evaluate(() => globalThis.axe.run({ exclude: ["iframe"] }));
      same(violations.map(({ id }) => id), []);
    }
  });

  await check("a link in a letter asks for the login, and leads to that complaint", async () => {
    await page.goto(`${service.url}/mail`);
    const links = page.locator(".text a[href*='/console/complaints/']");
    // The newest may be a month's report, which names no complaint.
    for (const path of await paths()) {
      await page.goto(service.url + path);
      if ((await links.count()) > 0) break;
    }
    const address = await links.first().getAttribute("href");
    await page.goto(address);
    matches(page.url(), /\/console\/login\?next=/);
    await page.getByRole("button", { name: /\bNoor\u2069?$/ }).click();
    await page.locator("form:has(input[type=password]) button").first().click();
    await page.waitForURL(address);
  });
  await context.close();
}
