// "What happens inside": an engineer follows one text through the service.

import { Window } from "./browser.js";
import { check, matches, number, reads, same } from "./check.js";

// Both begin with the commit, and neither waits for the other: whichever is first.
const AFTER_COMMIT = ["Webhook answered", "Request to the gateway"];
const WHOLE_WAY = [
  "Text from the phone",
  "Webhook to the service",
  "Taken for a new complaint",
  "Referred to Wajir County Water Department",
  "Reply in the outbox",
  ...AFTER_COMMIT,
  "Status callback: sent",
  "Status callback: delivered",
];

export async function inside(browser, service) {
  const window = await Window.open(browser, service.url);
  const panel = await window.openInside();
  const steps = panel.locator("li");
  const detail = (title) => steps.filter({ hasText: title }).locator("p").innerText();

  const oldest = window.phone(0).texts.first();
  await check("the whole way of a complaint is told in order", async () => {
    await oldest.getByRole("button").click();
    await reads(panel.locator("#inside-of"), /Borehole at habasswein/);
    await number(steps, WHOLE_WAY.length);
    const told = await steps.locator("strong").allInnerTexts();
    const from = told.indexOf("Reply in the outbox") + 1;
    told.splice(from, 2, ...told.slice(from, from + 2).sort().reverse());
    same(told, WHOLE_WAY);
  });

  await check("an older text stays in sight when it is chosen", async () => {
    const [text, thread] = await Promise.all([oldest, window.phone(0).root.locator(".thread")].map((it) => it.boundingBox()));
    same(text.y >= thread.y && text.y < thread.y + thread.height, true);
  });

  await check("the webhook is signed, and answered only after the commit", async () => {
    matches(await detail("Webhook to the service"), /^Signed POST with \d+ parameters/);
    matches(await detail("Taken for"), /Signature checked; .* in one transaction, on disk before the answer/);
    matches(await detail("Webhook answered"), /^With 200 in \d+ ms/);
  });

  await check("the decision is told with its rule, how sure it is, and the words that it found", async () => {
    matches(await detail("Referred to"), /^Rule water-point-broken is \d\d % sure\. It found: .*borehole\*; .*no water/);
  });

  await check("the outbox row is the one that the gateway was asked to send", async () => {
    const row = matches(await detail("Reply in the outbox"), /^Row (\d+), from the same transaction\. Handed to the gateway once; now delivered\.$/);
    matches(await detail("Request to the gateway"), new RegExp(`^POST Messages\\.json for outbox row ${row}: taken as SM`));
  });

  await check("the callbacks are signed and answered", async () => {
    for (const word of ["sent", "delivered"]) {
      matches(await detail(`Status callback: ${word}`), /^Signed POST, answered with 200 in \d+ ms/);
    }
  });

  await check("the panel closes where it was opened", async () => {
    await window.openInside();
    await panel.waitFor({ state: "hidden" });
  });
  await window.close();

  const narrow = await Window.open(browser, service.url, { width: 360, height: 740, touch: true });
  await check("on a small screen a text that is touched brings the panel into sight", async () => {
    await narrow.phone(0).texts.first().getByRole("button").tap();
    await narrow.page.waitForFunction(() => {
      const { top } = document.getElementById("inside").getBoundingClientRect();
      return top >= 0 && top < innerHeight / 4;
    });
  });
  await narrow.close();
}
