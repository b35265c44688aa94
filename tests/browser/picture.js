// The README's pictures: a conversation in English on one phone and in Kiswahili on the other, and what happened inside; a complaint on
// an officer's desk, and the convener's queue.

import { execFileSync } from "node:child_process";

import { Window, launch } from "./browser.js";
import { reads } from "./check.js";
import { Desk } from "./desk.js";
import { Service } from "./service.js";

const CONVERSATIONS = ["Borehole at Habasswein is broken, no water 5 days", "Hakuna dawa katika hospitali ya Griftu wiki mbili sasa"];

const service = await Service.start(process.argv[2]);
const browser = await launch();
try {
  const window = await Window.open(browser, service.url);
  for (const [at, words] of CONVERSATIONS.entries()) {
    const phone = window.phone(at);
    await phone.type(words);
    await phone.sent();
    await reads(phone.mark(1), "✓✓");
  }
  await window.phone(0).texts.first().getByRole("button").click();
  await reads(window.page.locator("#inside-steps li").last(), /delivered/);
  await take(window.page, "phones.png", true);

  const halima = await Desk.open(browser, service.url, "Halima");
  await halima.page.locator("main a[href*='/console/complaints/']").first().click();
  await halima.status().waitFor();
  await take(halima.page, "complaint.png", false);
  const noor = await Desk.open(browser, service.url, "Noor");
  await take(noor.page, "queue.png", false);
} finally {
  await browser.close();
  await service.clear();
}

async function take(page, path, fullPage) {
  await page.screenshot({ path, fullPage, animations: "disabled" });
  // A palette is enough for it, and a third of the size.
  execFileSync("pngquant", ["--force", "--skip-if-larger", "--strip", "--output", path, "256", path]);
}
