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

export async function publicPages(browser, service) {
  const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
  for (const { width, height, scheme } of LOOKS) {
    const context = await browser.newContext({ viewport: { width, height }, colorScheme: scheme, bypassCSP: true });
    const page = await context.newPage();
    for (const language of ["en", "ar"]) {
      for (const path of PAGES) {
        await check(`${path} in ${language} at ${width} px fits, and axe finds nothing`, async () => {
          await page.goto(`${service.url}${path}?lang=${language}`);
          same(await page.evaluate(() => document.documentElement.scrollWidth), width);
          await page.evaluate(axe);
          const { violations } = await page.evaluate(() => globalThis.axe.run());
          same(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(", ")}`), []);
          if (KEPT) await page.screenshot({ path: `${KEPT}/public${path.replaceAll("/", "-")}-${language}-${width}.png`, fullPage: true });
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

  await check("no page weighs much", async () => {
    const weight = async (path) => (await (await fetch(`${service.url}${path}`)).text()).length;
    const css = await page.locator("link[rel=stylesheet]").getAttribute("href");
    for (const path of PAGES) {
      const all = (await weight(path)) + (await weight(css));
      if (all > HEAVIEST) throw new Error(`${path}: ${all} bytes`);
    }
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
