// Who minds the service sees what falls due today and what left: wide and narrow, from left to right and from right to left.

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

import { check, same } from "./check.js";
import { Desk } from "./desk.js";

const LOOKS = [
  { width: 1280, height: 900, scheme: "light", locale: "en-GB" },
  { width: 360, height: 740, scheme: "light", locale: "en-GB" },
  { width: 1280, height: 900, scheme: "dark", locale: "ar-SD" },
  { width: 360, height: 740, scheme: "dark", locale: "ar-SD" },
];
const KEPT = process.env.SCREENSHOTS;

// After mail.js: reminders have left, and it is eight in the morning.
export async function emails(browser, service) {
  const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
  await service.text("+254711987654", "Cholera in Eldas, people are dying");

  const desk = await Desk.open(browser, service.url, "Asha");
  const section = (id) => desk.page.locator(`section:has(#${id})`);
  await check("what is urgent and came this morning falls due today: one step, and its letters", async () => {
    await desk.goTo("/console/emails");
    const row = section("due").locator("tr").filter({ hasText: "Health" });
    same((await row.innerText()).replace(/\s+/g, " ").trim().includes("Reminder 1 Reminder 1"), true);
    same((await section("due").innerText()).includes("Cholera"), false);
  });
  await check("what left in the last week is told, page by page, with whom it went to", async () => {
    const rows = section("sent").locator("tbody tr");
    const digests = rows.filter({ hasText: "Digest" });
    // The mail server may be taking it still.
    for (let looks = 0; looks < 100 && (await digests.count()) === 0; looks += 1) await desk.goTo("/console/emails");
    same((await digests.count()) > 0, true);
    same((await section("trouble").innerText()).includes("Nothing failed, and nothing is in doubt."), true);
  });
  await desk.close();

  for (const look of LOOKS) {
    const desk = await Desk.open(browser, service.url, "Asha", look);
    await check(`Asha at /console/emails, ${look.width} px, ${look.locale}: axe finds nothing, nothing is too wide`, async () => {
      await desk.goTo("/console/emails");
      if (KEPT) await desk.page.screenshot({ path: `${KEPT}/emails-${look.locale}-${look.width}.png`, fullPage: true });
      same(await desk.page.evaluate(() => document.documentElement.scrollWidth), look.width);
      await desk.page.evaluate(axe);
      const { violations } = await desk.page.evaluate(() => globalThis.axe.run());
      same(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(", ")}`), []);
      same(desk.complaints, []);
    });
    await desk.close();
  }
}
