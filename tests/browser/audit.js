// A number is shown for a reason and once, and the administrator reads of it.

import { check, matches, same } from "./check.js";
import { Desk } from "./desk.js";

const REASON = "She cannot read; I call her back";

export async function audit(browser, service) {
  const noor = await Desk.open(browser, service.url, "Noor");
  await check("the convener is shown a number for a reason, and no later page has it", async () => {
    await noor.goTo("/console/complaints");
    await noor.page.locator("main a[href*='/console/complaints/']").first().click();
    const page = noor.page.url();
    await noor.act("reveal", REASON);
    matches(await noor.page.locator(".told[role=status]").textContent(), /The number: \+\d{9,}/);
    same(/\d{11}/.test(noor.page.url()), false);
    await noor.page.goto(page);
    same(/\+254\d{9}/.test(await noor.page.content()), false);
  });
  await noor.close();

  const asha = await Desk.open(browser, service.url, "Asha");
  await check("the administrator reads who saw it and why, and that the record is whole", async () => {
    await asha.goTo("/console/audit");
    matches(await asha.page.locator("main .told").textContent(), /The record is whole/);
    const newest = await asha.page.locator("tbody tr").first().textContent();
    matches(newest, /Noor/);
    matches(newest, /Saw the phone number/);
    matches(newest, new RegExp(REASON));
  });
  await asha.close();
}
