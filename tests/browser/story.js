// The whole story: texted on the phone, seen at the desk, answered there, read on the phone, until the person says that it is solved.

import { Window } from "./browser.js";
import { check, matches, number, reads, same } from "./check.js";
import { Desk } from "./desk.js";

const PUMP = "The pump at Diif is broken since Monday";

export async function story(browser, service) {
  const window = await Window.open(browser, service.url);
  const phone = window.phone(2);
  const desk = await Desk.open(browser, service.url, "Halima");
  let tracking;

  // Waits for the phone's next text and answers with its words.
  const rings = async (before) => {
    await number(phone.texts, before + 1);
    return phone.words(before);
  };
  // What is done at the desk, and what the phone shows then.
  const told = async (deed, words) => {
    const before = await phone.texts.count();
    await desk.act(deed, words);
    return rings(before);
  };
  const reply = async (words) => {
    await phone.type(words);
    return phone.sent();
  };

  await check("a complaint texted on the phone is in the organisation's inbox", async () => {
    tracking = matches(await reply(PUMP), /[Cc]omplaint ([\d ]{12}) is with: Water Dept/);
    await desk.goTo("/console");
    await reads(desk.complaint(tracking), PUMP);
  });

  await check("accepted at the desk, the phone says so within a second or two", async () => {
    await desk.complaint(tracking).click();
    matches(await told("accept"), new RegExp(`^${tracking}: (Water Dept took it on), `));
    await reads(desk.status(), "Accepted");
  });

  await check("an update is shown as the phone will show it while it is written, and arrives so", async () => {
    const form = desk.page.locator("#act-update");
    const folded = desk.page.locator("details:has(#act-update)");
    if ((await folded.count()) > 0) await folded.locator("summary").click();
    await form.locator("textarea").fill("Pump ordered, visit on Friday");
    const screen = form.locator(".screen");
    await reads(screen, `${tracking}: Water Dept: Pump ordered, visit on Friday`);
    const before = await phone.texts.count();
    await form.locator("button").first().click();
    matches(await rings(before), new RegExp(`^(${tracking}: Water Dept: Pump ordered, visit on Friday)$`));
  });

  await check("a question is answered on the phone, and the answer stands on the page", async () => {
    matches(await told("ask", "Which pump, the solar one?"), /asks: (Which pump, the solar one\?)/);
    matches(await reply("The old one by the mosque"), /(Your words are added)/);
    await desk.page.reload();
    await reads(desk.page.locator(".history blockquote"), "The old one by the mosque");
  });

  await check("resolved, the person is asked, and a 2 opens it again", async () => {
    matches(await told("resolve", "Pump replaced."), /says it is solved: Pump replaced\. Is it\? (Reply 1 yes, 2 no, 3 partly\.)/);
    matches(await reply("2"), /(open again)/);
    await desk.page.reload();
    await reads(desk.status(), "Opened again");
  });

  await check("resolved once more, a 1 closes it as confirmed", async () => {
    matches(await told("resolve", "Cable mended too."), /(Cable mended too\.)/);
    matches(await reply("1"), /(closed as solved)/);
    await desk.page.reload();
    await reads(desk.page.locator(".letter"), /[Cc]onfirmed/);
  });

  await check("of two who act on one complaint the second is told, and nothing is overwritten", async () => {
    const another = matches(await reply("Borehole in Eldas is dry"), /[Cc]omplaint ([\d ]{12}) is with: Water Dept/);
    const other = await Desk.open(browser, service.url, "Halima");
    const path = `/console/complaints/${another.replaceAll(" ", "")}`;
    await desk.goTo(path);
    await other.goTo(path);
    await told("accept");
    await other.act("return", "Not ours at all");
    await reads(other.page.locator(".told, .error-summary, [role=alert]"), /Halima|meanwhile|since/);
    same(await other.page.locator("#act-return textarea").count(), 1);
    same(await other.page.locator("#act-return textarea").inputValue(), "Not ours at all");
    await desk.page.reload();
    await reads(desk.status(), "Accepted");
    await other.close();
  });
  await desk.close();
  await window.close();
}
