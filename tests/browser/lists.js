// Lists without a mouse: j and k or the arrows go through them, Enter opens, / goes to the search, Tab reaches all and shows where it is.

import { check, reads, same } from "./check.js";
import { Desk } from "./desk.js";

export async function lists(browser, service) {
  const desk = await Desk.open(browser, service.url, "Halima");
  const { page } = desk;
  const press = (key) => page.keyboard.press(key);
  const links = page.locator("[data-open]");
  const at = () => page.evaluate(() => [...document.querySelectorAll("[data-open]")].indexOf(document.activeElement));

  await check("j and k, or the arrows, go through a list and stop at its ends", async () => {
    await desk.goTo("/console/complaints");
    await press("k");
    same(await at(), (await links.count()) - 1);
    await desk.goTo("/console/complaints");
    for (const [key, row] of [["j", 0], ["j", 1], ["ArrowDown", 2], ["ArrowUp", 1], ["k", 0], ["k", 0]]) {
      await press(key);
      same(await at(), row);
    }
  });

  await check("keys are turned off and on again, and stay so on the next page", async () => {
    await page.getByRole("button", { name: "Turn off keys" }).click();
    await desk.goTo("/console/complaints");
    await press("j");
    same(await at(), -1);
    await page.getByRole("button", { name: "Turn on keys" }).click();
    await desk.goTo("/console/complaints");
    await press("j");
    same(await at(), 0);
  });

  await check("Enter opens what is in hand", async () => {
    const href = await links.first().getAttribute("href");
    await press("Enter");
    await page.waitForURL(`**${href}`);
  });

  await check("a slash goes to the search, and letters typed there are letters", async () => {
    await desk.goTo("/console/complaints");
    await press("/");
    await page.keyboard.type("jk1/");
    same(await page.locator("#q").inputValue(), "jk1/");
    await page.locator("#q").fill("pump");
    await press("Enter");
    await reads(page.locator("h1"), /Found for/);
  });

  await check("Tab reaches each row, each box and each button, and shows where it is", async () => {
    await desk.goTo("/console/complaints");
    const all = await page.locator("a[href], button, input:not([type=hidden]), select, summary").evaluateAll((nodes) => nodes.filter((node) => node.checkVisibility()).length);
    const seen = new Set();
    for (let stop = 0; stop < all + 5; stop += 1) {
      await press("Tab");
      const here = await page.evaluate(() => {
        const node = document.activeElement;
        if (node === document.body) return null;
        const shown = [getComputedStyle(node), getComputedStyle(node, "::after")].some((style) => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2);
        const name = `${node.tagName} ${node.textContent.trim().slice(0, 30)} ${node.getAttribute("href") ?? node.value ?? ""}`;
        return { name, shown };
      });
      if (here === null) break;
      if (!here.shown) throw new Error(`${here.name} does not show that it has the focus`);
      seen.add(here.name);
    }
    if (seen.size < all) throw new Error(`${seen.size} of ${all} were reached`);
  });
  await desk.close();

  await check("without a script the same things are links, fields and buttons", async () => {
    const plain = await browser.newContext({ javaScriptEnabled: false });
    const desk = await Desk.open({ newContext: () => plain }, service.url, null);
    const { page } = desk;
    await page.locator("input[name=email]").fill("halima@demo.example");
    await page.locator("input[name=password]").fill("three camels at noon");
    await page.locator("form:has(input[type=password]) button").first().click();
    await page.locator(".filters summary").click();
    await page.locator("#f-status").selectOption("in_progress");
    await page.locator(".filters .go button").click();
    await page.locator("[data-open]").first().click();
    await page.locator("#act-update textarea").fill("A lorry comes on Thursday");
    await page.getByRole("button", { name: "Show the text" }).first().click();
    await reads(page.locator("#act-update .screen"), /Water Dept: A lorry comes on Thursday/);
    same(await page.locator("#act-update textarea").inputValue(), "A lorry comes on Thursday");
    await desk.close();
  });
}
