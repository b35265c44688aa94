// Wide and narrow, light and dark: the phones with a conversation on them and the inside open, and the mail.

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

import { Window } from "./browser.js";
import { check, number, same } from "./check.js";

const WIDTHS = [
  { width: 1280, height: 900 },
  { width: 360, height: 740, touch: true },
];

export async function looks(browser, service) {
  const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
  for (const size of WIDTHS) {
    for (const scheme of ["light", "dark"]) {
      const window = await Window.open(browser, service.url, { ...size, scheme });
      const { page } = window;
      await number(window.phone(0).texts, 6);
      await window.openInside();
      await page.locator("#inside li.service").first().waitFor();

      for (const path of ["/phones", "/mail"]) {
        if (path === "/mail") await page.goto(service.url + path);
        const what = `${path}, ${size.width} px, ${scheme}`;
        await check(`${what}: axe finds nothing`, async () => {
          await page.evaluate(axe);
          const { violations } = await page.evaluate(() => globalThis.axe.run());
          same(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(", ")}`), []);
        });
        await check(`${what}: nothing is wider than the window`, async () => {
          same(await page.evaluate(() => document.documentElement.scrollWidth), size.width);
        });
        await check(`${what}: the page complains of nothing`, async () => same(window.complaints, []));
      }
      await window.close();
    }
  }
}
