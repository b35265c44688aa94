// The main job: somebody texts what is wrong, is told who has it and by when, and asks how it stands.

import { Window } from "./browser.js";
import { check, matches, reads, same } from "./check.js";

// Which phone is whose, from the left. What they text here, the later parts find on them.
const HALIMA = 0;
const ABDI = 1;
const NASRA = 2;
const BOREHOLE = "Borehole at Habasswein is broken, no water 5 days";
const WITH_WATER = /^Thank you\. Complaint ([2-9]\d\d \d{3} \d{4}) is with: Water Dept\. Answer due \d+ [A-Z][a-z]{2}\./;

export async function conversation(browser, service) {
  const window = await Window.open(browser, service.url);
  const [halima, abdi, nasra] = [HALIMA, ABDI, NASRA].map((at) => window.phone(at));
  let tracking;

  await check("a complaint typed on the twelve keys gets a number, who has it and by when", async () => {
    // Capital by itself at the start, and nowhere else.
    await halima.tap(BOREHOLE.toLowerCase());
    same(await halima.draft.inputValue(), BOREHOLE.replace("Hab", "hab"));
    tracking = matches(await halima.sent(), WITH_WATER);
  });

  await check("a complaint typed on the keyboard gets a number of its own", async () => {
    await abdi.type(BOREHOLE);
    const another = matches(await abdi.sent(() => window.page.keyboard.press("Enter")), WITH_WATER);
    if (another === tracking) throw new Error(`${another} was given twice`);
  });

  await check("the number, texted in digits, tells how it stands", async () => {
    for (let press = 0; press < 3; press += 1) await halima.key("#").click();
    await reads(halima.root.locator(".mode"), "123");
    for (const digit of tracking.replaceAll(" ", "")) await halima.key(digit).click();
    matches(await halima.sent(), new RegExp(`^${tracking}: sent to Water Dept on \\d+ [A-Z][a-z]{2}\\. Answer due \\d+ `));
  });

  await check("to another phone the number says nothing", async () => {
    await nasra.type(tracking);
    const told = await nasra.sent();
    if (told.includes("Water")) throw new Error(told);
  });

  await check("a complaint in Kiswahili is answered in Kiswahili", async () => {
    await nasra.type("Hakuna dawa katika hospitali ya Griftu wiki mbili sasa");
    matches(await nasra.sent(), /^Asante\. Malalamiko ([\d ]{12}) .*Idara ya Afya/);
  });

  await check("a text that reached the service, and a reply that reached the phone, have two ticks", async () => {
    await reads(halima.mark(0), "✓✓");
    same(await halima.mark(0).getAttribute("aria-label"), "arrived");
    await reads(halima.mark(1), "✓✓");
    same(await halima.mark(1).getAttribute("aria-label"), "delivered");
  });

  await check("a reply that did not reach the phone has a cross and the gateway's code", async () => {
    await service.fault({ mode: "undelivered", code: 30005, times: 1 });
    await abdi.type("HELP");
    await abdi.sent();
    await reads(abdi.mark(3), "✗ 30005");
    same(await abdi.mark(3).getAttribute("aria-label"), "not delivered");
  });

  await check("the page complains of nothing and asks nobody else", async () => {
    same(window.complaints, []);
    same([...window.hosts], [new URL(service.url).host]);
  });
  await window.close();
}
