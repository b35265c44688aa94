// The service goes and comes back while the page is open.

import { Window } from "./browser.js";
import { check, matches, number, reads, same } from "./check.js";

export async function restart(browser, service) {
  const window = await Window.open(browser, service.url);
  const halima = window.phone(0);
  const connection = window.page.locator("#connection");
  await number(halima.texts, 6);
  const before = await halima.texts.locator(".words").allInnerTexts();

  const shows = window.page.locator("#clock-shows");
  let tomorrow;

  await check("a day later the clock beside the phones shows the next day", async () => {
    await reads(shows, /\d{4}, \d\d:\d\d/);
    const today = dayOf(await shows.innerText());
    await window.page.getByRole("button", { name: "A day later" }).click();
    await reads(window.page.locator("#clock-said"), /^It is .* now\./);
    tomorrow = dayOf(await shows.innerText());
    same(Date.parse(tomorrow) - Date.parse(today), 86_400_000);
  });

  await check("a stopped service ends in order, and the page says that it is away", async () => {
    same(await service.stop(), 0);
    await reads(connection, /^The service is not answering/);
  });

  await check("a text that cannot be sent is kept, with the reason", async () => {
    await halima.type("STATUS");
    await window.page.keyboard.press("Enter");
    await reads(halima.root.getByRole("alert"), /^Not sent\./);
    same(await halima.draft.inputValue(), "STATUS");
  });

  await check("the page finds the restarted service by itself", async () => {
    await service.start();
    await reads(connection, "");
  });

  await check("the conversation is still there, and the complaint too", async () => {
    const tracking = matches(before[1], /Complaint ([\d ]{12})/);
    const told = await halima.sent();
    if (!told.startsWith(tracking)) throw new Error(`${told}, nothing of ${tracking}`);
    await window.page.reload();
    await number(halima.texts, before.length + 2);
    same((await halima.texts.locator(".words").allInnerTexts()).slice(0, before.length), before);
  });

  await check("the day that went by is not taken back", async () => {
    await reads(shows, new RegExp(`^${tomorrow},`));
  });

  await check("the next working morning is eight o'clock on a day when people are at work", async () => {
    await window.page.getByRole("button", { name: "To the next working morning" }).click();
    await reads(shows, /^(Mon|Tue|Wed|Thu|Fri) .*, 08:00$/);
    await reads(window.page.locator("#clock-at-work"), /^People are at work/);
  });
  await window.close();
}

// "Sat 28 Nov 2026" of what the clock shows.
function dayOf(shown) {
  return matches(shown, /^([A-Z][a-z]{2} \d+ [A-Z][a-z]{2} \d{4}), \d\d:\d\d$/);
}
