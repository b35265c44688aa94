// The report of a month as it is printed: nothing is cut, nothing that only a screen needs is on the paper.

import { check, matches, same } from "./check.js";
import { Desk } from "./desk.js";

// What an A4 page holds between its margins, at 96 pixels an inch.
const PAPER = { width: 688, height: 1000 };

export async function report(browser, service) {
  for (const [locale, direction] of [["en-GB", "ltr"], ["ar-SD", "rtl"]]) {
    const desk = await Desk.open(browser, service.url, "Noor", { ...PAPER, locale });
    const { page } = desk;
    await desk.goTo("/console/figures/report");
    await page.emulateMedia({ media: "print" });

    await check(`${locale}: the paper is as wide as it is, and no table, picture or sentence is wider`, async () => {
      same(await page.locator("html").getAttribute("dir"), direction);
      same(await page.evaluate(() => document.documentElement.scrollWidth), PAPER.width);
      const cut = await page.locator(".report :is(.scrolls, svg, h2, h3, li)").evaluateAll((all, width) =>
        all.filter((one) => {
          const { left, right } = one.getBoundingClientRect();
          return one.scrollWidth > one.clientWidth + 1 || left < -1 || right > width + 1;
        }).map((one) => one.outerHTML.slice(0, 80)), PAPER.width);
      same(cut, []);
    });

    await check(`${locale}: each page says what it is of, and the way around is not on paper`, async () => {
      for (const gone of [".masthead", ".not-printed", ".foot"]) same(await page.locator(gone).first().isVisible(), false);
      same(await page.locator(".running").isVisible(), true);
    });

    await check(`${locale}: it is three to five pages`, async () => {
      const paper = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
      matches(String(paper.match(/\/Type \/Page\b/g)?.length), /^[3-5]$/);
    });
    await desk.close();
  }
}
