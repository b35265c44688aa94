// A file of another system is chosen, its one bad row mended, and taken in; with a script and without, in two languages, wide and narrow.

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

import { check, number, reads, same } from "./check.js";
import { Desk } from "./desk.js";

const KEPT = process.env.SCREENSHOTS;
const LOOKS = [
  { width: 1280, height: 900, scheme: "light" },
  { width: 360, height: 740, scheme: "dark" },
];
const HEADER = "Reference,Complaint,Created,Ward,Phone\n";
const GOOD = "H-1,The borehole at the market is dry since the feast,2025-03-03,Eldas,0722000222\nH-2,No teacher in class four,2025-03-04,,\n";
const BAD = "H-3,The road to the clinic is cut,2025-03-05,Atlantis,\n";
/** Two rows whose quotes make them one. */
const STRAY = 'S-1,"No water,2025-03-03,,\nS-2,Road cut",2025-03-04,,\n';
const MENDED = "H-3,The road to the clinic is cut,2025-03-05,Eldas,\n";

export async function imports(browser, service) {
  const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
  let kept = 0;
  const isWellMade = async ({ page }, width) => {
    if (KEPT) await page.screenshot({ path: `${KEPT}/import-${(kept += 1)}-${width}.png`, fullPage: true });
    same(await page.evaluate(() => document.documentElement.scrollWidth), width);
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => globalThis.axe.run());
    same(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(", ")}`), []);
  };

  const desk = await Desk.open(browser, service.url, "Noor");
  const { page } = desk;
  let going;

  await check("one bad row is told with its line and column, and nothing is taken in before it is mended", async () => {
    await desk.goTo("/console/intake");
    await page.getByRole("link", { name: "Import from a file" }).click();
    await choose(page, "old hotline.csv", HEADER + GOOD + BAD);
    await reads(page.locator(".acts-of"), /old hotline\.csv/);
    await reads(page.locator("#mapping"), /columns = \["Complaint"\]/);
    await look(page);
    await reads(page.locator("tbody tr"), /3 \(line 4\)\s*Ward\s*“Atlantis” is nothing that is known here/);
    await number(page.locator("form[action$=take-in]"), 0);
  });

  await check("the mended file is taken in when it is said whether people are texted, and stands in the list", async () => {
    await choose(page, "mended.csv", HEADER + GOOD + MENDED);
    await reads(page.locator("#mapping"), /columns = \["Complaint"\]/);
    await look(page);
    await reads(page.locator("dl"), /New complaints\s*3/);
    await page.locator("[name=texts][value=no]").check();
    going = await takenIn(page);
    await reads(page.locator("#stand"), /Taken in[\s\S]*Complaints\s*3/);
    await page.getByRole("link", { name: "To the complaints" }).click();
    await page.locator("[type=search]").fill("borehole market feast");
    await page.keyboard.press("Enter");
    await reads(page.locator("[data-row]"), /The borehole at the market is dry since the feast/);
  });

  await check("without a script it goes the same way", async () => {
    const context = await browser.newContext({ javaScriptEnabled: false, storageState: await page.context().storageState() });
    context.setDefaultTimeout(20_000);
    const plain = await context.newPage();
    await plain.goto(`${service.url}/console/import`);
    await choose(plain, "plain.csv", `${HEADER}P-1,No water at the school,2025-03-06,Eldas,\n`);
    await look(plain);
    await plain.getByRole("button", { name: "Take in: 1" }).click();
    await reads(plain.locator("#stand"), /Taken in/);
    await context.close();
  });

  const arabic = await Desk.open(browser, service.url, "Noor", { locale: "ar-SD" });
  for (const [at, lang] of [[desk, "en"], [arabic, "ar"]]) {
    for (const { width, height, scheme } of LOOKS) {
      await check(`${width} px, ${scheme}, ${lang}: each step of an import is well made`, async () => {
        await at.page.setViewportSize({ width, height });
        await at.page.emulateMedia({ colorScheme: scheme });
        await at.goTo("/console/import");
        same(await at.page.locator("html").getAttribute("lang"), lang);
        await isWellMade(at, width);
        await choose(at.page, "a rather long name of a file that came out of an old system.csv", HEADER + GOOD + BAD + STRAY);
        await isWellMade(at, width);
        await look(at.page);
        await number(at.page.locator("tbody tr"), 2);
        await isWellMade(at, width);
        await at.page.locator("#mapping").fill("name = 1");
        await look(at.page);
        await at.page.locator("#findings").waitFor();
        await isWellMade(at, width);
        await choose(at.page, "good.csv", HEADER + GOOD.replaceAll("H-", `${lang}${width}-`));
        await at.page.locator("#mapping").fill(MAPPING);
        await look(at.page);
        await at.page.locator("[name=texts]").first().waitFor();
        await isWellMade(at, width);
        await at.page.locator("form[action$=put-away] button").click();
        await at.page.locator("#choose").waitFor();
        await at.goTo("/console/import/progress");
        await isWellMade(at, width);
      });
    }
  }

  await check("while it is taken in, the page shows how far it is and is well made", async () => {
    // Three rows may be through before the page is asked for.
    for (let time = 0; !going.includes("<progress"); time += 1) {
      await desk.goTo("/console/import");
      await choose(page, `${time}.csv`, `${HEADER}T-${time},No water at the school,2025-03-06,Eldas,\n`);
      await look(page);
      going = await takenIn(page);
      await reads(page.locator("#stand"), /Taken in/);
    }
    const html = { status: 200, contentType: "text/html; charset=utf-8", body: going };
    await page.route("**/console/import/progress", (route) => route.fulfill(html));
    await desk.goTo("/console/import/progress");
    await page.locator("progress").waitFor();
    await isWellMade(desk, await page.evaluate(() => innerWidth));
    await page.unroute("**/console/import/progress");
    await reads(page.locator("#stand"), /Taken in/);
  });

  await check("importing, the pages complain of nothing and ask nobody else", async () => {
    same([...desk.complaints, ...arabic.complaints].filter((words) => !words.includes("(Unprocessable")), []);
    same([...desk.hosts, ...arabic.hosts].filter((host) => host !== new URL(service.url).host), []);
  });
  await desk.close();
  await arabic.close();
}

const MAPPING = `name = "other"
county = "wajir"
[words]
columns = ["Complaint"]
[id]
column = "Reference"
[phone]
column = "Phone"
`;

async function choose(page, name, text) {
  const folded = page.locator("details:not([open]):has(#file) summary");
  if ((await folded.count()) > 0) await folded.click();
  await page.locator("#file").setInputFiles({ name, mimeType: "text/csv", buffer: Buffer.from(text) });
  await page.locator("form[enctype] button").click();
  await page.locator(".acts-of bdi").filter({ hasText: name.slice(0, 20) }).waitFor();
}

/** Takes in what was looked through; the first page that tells how far it is. */
async function takenIn(page) {
  const progress = page.waitForResponse((response) => response.url().endsWith("/progress"));
  await page.locator("form[action$=take-in] button").click();
  return (await progress).text();
}

function look(page) {
  return page.locator("form[action*=check] button").click();
}
