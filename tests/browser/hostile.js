// What strangers may text, in a real browser: each is shown as what it is. Nothing runs, nothing leads elsewhere, nothing is moved.

import { readFile } from "node:fs/promises";

import { check, same } from "./check.js";
import { Desk } from "./desk.js";

const WIDTHS = [1280, 360];

export async function hostile(browser, service) {
  const lines = (await readFile("hostile.txt", "utf8")).split("\n").filter((line) => line && !line.startsWith("#"));
  const texts = lines.map((line) => `Borehole is broken ${unescaped(line)}`.slice(0, 1600));
  // Each from a phone of its own, so that none goes to an earlier complaint.
  for (const [at, body] of texts.entries()) {
    const from = `+2547130${String(at).padStart(5, "0")}`;
    await service.text(from, body);
  }
  for (const width of WIDTHS) {
    const desk = await Desk.open(browser, service.url, "Halima", { width, height: 900 });
    const { page } = desk;
    const dialogs = [];
    page.on("dialog", (dialog) => {
      dialogs.push(dialog.message());
      void dialog.dismiss();
    });
    const opened = new Set();
    await check(`${width} px: hostile texts in lists and searches run nothing and break nothing`, async () => {
      await desk.goTo("/console/complaints?q=Borehole+is+broken");
      for (let more = true; more; ) {
        await whole(page, width);
        for (const href of await page.locator("[data-open]").evaluateAll((links) => links.map((link) => link.getAttribute("href")))) opened.add(href);
        const next = page.locator("a[rel=next]");
        more = (await next.count()) > 0;
        if (more) await next.click();
      }
      await desk.goTo("/console/complaints");
      for (let more = true; more; ) {
        await whole(page, width);
        for (const href of await page.locator("[data-open]").evaluateAll((links) => links.map((link) => link.getAttribute("href")))) opened.add(href);
        const next = page.locator("a[rel=next]");
        more = (await next.count()) > 0;
        if (more) await next.click();
      }
      if (opened.size < texts.length) throw new Error(`${opened.size} of ${texts.length} are listed`);
      for (const line of lines.slice(0, 12)) {
        await desk.goTo(`/console/complaints?q=${encodeURIComponent(unescaped(line))}`);
        await whole(page, width);
      }
    });
    await check(`${width} px: hostile texts on pages of their own run nothing and break nothing`, async () => {
      for (const href of opened) {
        await desk.goTo(href);
        await whole(page, width);
        // What turns the way of writing around stays within its own words.
        const after = page.locator(".letter h2").last();
        same(await after.evaluate((heading) => getComputedStyle(heading).direction), "ltr");
      }
      same(dialogs, []);
      same([...desk.hosts], [new URL(service.url).host]);
      same(desk.complaints, []);
    });
    await desk.close();
  }
}

// The page has its own title, its frame and its width, and no element that a text brought along.
async function whole(page, width) {
  await page.locator("main h1").waitFor();
  const seen = await page.evaluate(() => ({
    width: document.documentElement.scrollWidth,
    brought: document.querySelectorAll("main :is(script, img, svg, iframe, style, base, object, embed), body meta, form:not([action^='/console'])").length,
    title: document.title.endsWith("· jibu"),
    footer: document.querySelector("footer").getBoundingClientRect().height > 0,
  }));
  same(seen, { width, brought: 0, title: true, footer: true });
}

// As hostile.txt says.
function unescaped(line) {
  return line.replace(/\\u\{([0-9a-f]+)\}/g, (_, code) => String.fromCodePoint(parseInt(code, 16))).replace(/(.)\\\*\{(\d+)\}/gu, (_, one, times) => one.repeat(Number(times) + 1));
}
