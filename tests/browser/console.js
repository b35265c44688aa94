// Each page of the console: wide and narrow, light and dark, in each language, one of them from right to left, with texts that somebody
// meant ill with.

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

import { Window } from "./browser.js";
import { check, matches, reads, same } from "./check.js";
import { Desk } from "./desk.js";

const FIRST_PAGE = 60_000;
const ANY_PAGE = 150_000;
const PAGES = [
  [null, ["/console/login"]],
  ["Halima", ["/console", "/console/figures", "/console/figures/report", "/console/complaints?q=water", "/console/passed-on", "/console/account", "complaint"]],
  ["Noor", ["/console/queue", "/console/complaints", "/console/figures", "/console/figures/report", "/console/figures/question?rows=sector&columns=gender&measure=complaints", "/console/figures/question?rows=sector&measure=median_days_to_accept", "/console/texts", "complaint"]],
  ["Fatuma", ["/console/figures", "/console/figures/report", "/console/figures/question", "/console/figures/compare"]],
  ["Asha", ["/console/people", "/console/texts", "/console/audit"]],
];
const LOOKS = [
  { width: 1280, height: 900, scheme: "light", locale: "en-GB" },
  { width: 360, height: 740, scheme: "dark", locale: "sw-KE" },
  { width: 1280, height: 900, scheme: "light", locale: "fr-CD" },
  { width: 360, height: 740, scheme: "dark", locale: "ar-SD" },
];
const ILL = [
  '<script>document.title = "gone"</script> the borehole',
  '"><img src=x onerror="document.title=\'gone\'"> water',
  "=1+1 +SUM(A1) @cmd water pump",
  "\u202ewater\u202c \u2066pump\u2069 \u0007 borehole",
  "w" + "a".repeat(1580) + " borehole",
];

export async function consolePages(browser, service) {
  const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
  const window = await Window.open(browser, service.url);
  const phone = window.phone(1);
  for (const words of ILL) {
    await phone.draft.fill(words);
    await phone.sent();
  }
  await window.close();

  for (const [name, paths] of PAGES) {
    for (const look of LOOKS) {
      const desk = await Desk.open(browser, service.url, name, look);
      const { page } = desk;
      for (const path of paths) {
        const what = `${name ?? "nobody"} at ${path}, ${look.width} px, ${look.scheme}, ${look.locale}`;
        await check(`${what}: axe finds nothing, nothing is too wide, nothing ran`, async () => {
          if (path === "complaint") {
            await desk.goTo("/console/complaints");
            await page.locator("main a[href*='/console/complaints/']").first().click();
          } else await desk.goTo(path);
          await page.locator("main").waitFor();
          if ((await page.title()) === "gone") throw new Error("a text ran");
          same(await page.locator("html").getAttribute("lang"), look.locale.split("-")[0]);
          same(await page.evaluate(() => document.documentElement.scrollWidth), look.width);
          await page.evaluate(axe);
          const { violations } = await page.evaluate(() => globalThis.axe.run());
          same(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(", ")}`), []);
        });
      }
      await check(`${name ?? "nobody"}, ${look.width} px, ${look.locale}: the pages complain of nothing and ask nobody else`, async () => {
        same(desk.complaints, []);
        same([...desk.hosts], [new URL(service.url).host]);
      });
      await desk.close();
    }
  }

  await check("the first page and any other are light", async () => {
    for (const [name, path, most] of [[null, "/console/login", FIRST_PAGE], ["Noor", "/console/complaints", ANY_PAGE]]) {
      const desk = await Desk.open(browser, service.url, name);
      let bytes = 0;
      const client = await desk.page.context().newCDPSession(desk.page);
      await client.send("Network.enable");
      await client.send("Network.setCacheDisabled", { cacheDisabled: true });
      client.on("Network.loadingFinished", ({ encodedDataLength }) => (bytes += encodedDataLength));
      await desk.goTo(path);
      await desk.page.waitForLoadState("networkidle");
      if (bytes === 0 || bytes > most) throw new Error(`${path} takes ${bytes} bytes`);
      console.log(`# ${path}: ${bytes} bytes`);
      await desk.close();
    }
  });

  // From the start page, as somebody who has never been there would go.
  const newcomer = async (what, name, way) => {
    await check(`a newcomer's task takes four clicks at most: ${what}`, async () => {
      const desk = await Desk.open(browser, service.url, name);
      desk.clicks = 0;
      await way(desk);
      if (desk.clicks === 0 || desk.clicks > 4) throw new Error(`${desk.clicks} clicks`);
      await desk.close();
    });
  };
  const oldest = (desk) => desk.page.locator("main a[href*='/console/complaints/']").first();
  await newcomer("log in", null, async (desk) => {
    await desk.click(desk.page.getByRole("button", { name: /\bYusuf$/ }));
    await desk.click(desk.page.locator("form:has(input[type=password]) button").first());
    await desk.page.locator("nav").waitFor();
  });
  await newcomer("find the oldest overdue and answer it", "Halima", async (desk) => {
    await reads(desk.page.locator("main .due").first(), /late/);
    await desk.click(oldest(desk));
    await desk.act("update", "We are coming on Monday.");
    await reads(desk.page.locator(".history blockquote"), "We are coming on Monday.");
  });
  await newcomer("return a misrouted one", "Yusuf", async (desk) => {
    await desk.click(oldest(desk));
    await desk.act("return", "This is for the referral hospital.");
    await desk.page.waitForURL(/done=return/);
  });
  await newcomer("route an unrouted one", "Noor", async (desk) => {
    await desk.click(desk.page.locator("main form button").filter({ hasText: "1" }).first());
    await desk.page.waitForURL(/done=/);
  });

  await check("a name of one long word stands beside the organisation's", async () => {
    const desk = await Desk.open(browser, service.url, "Yusuf");
    const save = async (name) => {
      await desk.goTo("/console/account");
      await desk.page.locator("input[name=name]").fill(name);
      await desk.page.locator("form:has(input[name=name]) button").click();
      await desk.page.waitForURL(/done=saved/);
    };
    await save("W".repeat(90));
    const [scope, who] = [await desk.page.locator(".scope").boundingBox(), await desk.page.locator(".who").boundingBox()];
    same(scope.x + scope.width <= who.x, true);
    await save("Yusuf");
    await desk.close();
  });

  await check("a convener refers an unrouted one by a key", async () => {
    const phones = await Window.open(browser, service.url);
    const nasra = phones.phone(2);
    await nasra.type("The street lights at the market are off");
    matches(await nasra.sent(), /(Another matter\? Reply 9\.)/);
    await nasra.type("9");
    const tracking = matches(await nasra.sent(), /Complaint ([\d ]{12}) is with: Transparency Wajir/);
    const desk = await Desk.open(browser, service.url, "Noor");
    await desk.goTo("/console/queue");
    const card = desk.complaint(tracking);
    await reads(card, /street lights/);
    await card.focus();
    await desk.page.keyboard.press("1");
    await desk.page.waitForURL(/done=/);
    same(await desk.complaint(tracking).count(), 0);
    await desk.close();
    await phones.close();
  });
}
