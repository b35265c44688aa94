// The public's pages: by keyboard alone, without a script, on a wide and a narrow screen, in English and in Arabic, and on paper.

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

import { check, matches, reads, same } from "./check.js";

const LOOKS = [
  { width: 1280, height: 900, scheme: "light" },
  { width: 360, height: 740, scheme: "dark" },
];
const PAGES = ["/complain/wajir", "/complain/wajir/write", "/complain/wajir/poster", "/track", "/complain/nowhere"];
const KEPT = process.env.SCREENSHOTS;
// What a page of these may weigh, with its style sheet: a minute of the dearest data is not much more.
const HEAVIEST = 20 * 1024;

// A network, as the proxy in front tells it, that has handed in as many complaints as one may.
const CROWDED = { "X-Forwarded-For": "203.0.113.9" };
// What answers a form, by how one gets there.
const ANSWERS = {
  receipt: async (page, to) => {
    await page.goto(to("/complain/wajir/write"));
    await page.locator("#words").fill("The road to the market is flooded");
    await page.locator("form button").click();
    await page.locator(".receipt").waitFor();
  },
  failed: async (page, to) => {
    await page.goto(to("/track"));
    await page.locator("#number").fill("482 109 3753");
    await page.locator("#proof").fill("1234");
    await page.locator("form button").click();
    await page.getByRole("alert").waitFor();
    same(await page.locator("#number").inputValue(), "");
  },
  full: async (page, to) => {
    await page.goto(to("/complain/wajir/write"));
    await page.locator("#words").fill("The bridge is washed away");
    await page.locator("#phone").fill("0722 000 444");
    await crowd(to("/complain/wajir/write"));
    await page.setExtraHTTPHeaders(CROWDED);
    await page.locator("form button").click();
    await page.getByRole("alert").waitFor();
    same(await page.locator("#words").inputValue(), "The bridge is washed away");
    same(await page.locator("#phone").inputValue(), "0722 000 444");
    await page.setExtraHTTPHeaders({});
  },
};

async function weight(address) {
  return Buffer.byteLength(await (await fetch(address)).text());
}

// Hands in complaints from there until no more are taken.
async function crowd(address) {
  for (let n = 0; n < 100; n += 1) {
    const key = matches(await (await fetch(address)).text(), /name="key" value="([^"]+)"/);
    const body = new URLSearchParams({ key, words: `The ${n}th complaint from one and the same network` });
    if ((await fetch(address, { method: "POST", headers: CROWDED, body })).status === 429) return;
  }
  throw new Error("a hundred complaints were taken from one network");
}

export async function publicPages(browser, service) {
  const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
  for (const { width, height, scheme } of LOOKS) {
    const context = await browser.newContext({ viewport: { width, height }, colorScheme: scheme, bypassCSP: true });
    const page = await context.newPage();
    for (const language of ["en", "ar"]) {
      const to = (path) => `${service.url}${path}?lang=${language}`;
      const ways = PAGES.map((path) => [path, () => page.goto(to(path))]);
      ways.push(...Object.entries(ANSWERS).map(([name, reach]) => [name, () => reach(page, to)]));
      for (const [what, reach] of ways) {
        await check(`${what} in ${language} at ${width} px fits, weighs little, and axe finds nothing`, async () => {
          await reach();
          same(await page.evaluate(() => document.documentElement.scrollWidth), width);
          const css = await page.locator("link[rel=stylesheet]").getAttribute("href");
          const all = Buffer.byteLength(await page.content()) + (await weight(`${service.url}${css}`));
          if (all > HEAVIEST) throw new Error(`${all} bytes`);
          await page.evaluate(axe);
          const { violations } = await page.evaluate(() => globalThis.axe.run());
          same(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(", ")}`), []);
          if (KEPT) await page.screenshot({ path: `${KEPT}/public-${what.replaceAll("/", "-")}-${language}-${width}.png`, fullPage: true });
        });
      }
    }
    await context.close();
  }

  const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 360, height: 740 } });
  const page = await context.newPage();

  await check("a complaint is written and looked up by keyboard alone, without a script", async () => {
    await page.goto(`${service.url}/complain/wajir/write?lang=en`);
    await page.locator("#words").focus();
    await page.keyboard.insertText("The borehole at the market is broken");
    await page.keyboard.press("Tab");
    await page.keyboard.type("Eld");
    for (let n = 0; n < 2; n += 1) await page.keyboard.press("Tab");
    await page.keyboard.type("0722000333");
    await page.keyboard.press("Enter");
    await page.locator(".receipt").waitFor();
    const number = matches(await page.locator(".receipt .number").first().textContent(), /([\d ]{12})/);
    await page.getByRole("link", { name: "Look up a complaint" }).click();
    await page.locator("#number").fill(number);
    await page.locator("#proof").fill("0333");
    await page.keyboard.press("Enter");
    await reads(page.locator("main"), /passed to who can mend it/);
    if (KEPT) await page.screenshot({ path: `${KEPT}/public-found.png`, fullPage: true });
    await page.locator("#number").fill(number);
    await page.locator("#proof").fill("9999");
    await page.keyboard.press("Enter");
    await reads(page.getByRole("alert"), /Nothing is found with these/);
  });

  await check("the poster is one sheet of A4 in each language", async () => {
    for (const language of ["en", "sw", "so", "ar", "fr"]) {
      await page.goto(`${service.url}/complain/wajir/poster?lang=${language}`);
      const pdf = (await page.pdf({ format: "A4", margin: { top: "12mm", bottom: "12mm", left: "12mm", right: "12mm" } })).toString("latin1");
      same((pdf.match(/\/Type \/Page\b/g) ?? []).length, 1);
    }
    if (KEPT) {
      await page.emulateMedia({ media: "print" });
      await page.screenshot({ path: `${KEPT}/public-poster-print.png`, fullPage: true });
    }
  });
  await context.close();
}
