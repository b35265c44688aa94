// What everybody is told of a county's months: wide and narrow, light and dark, in five languages; and the sheet for the radio, on paper.

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

import { check, reads, same } from "./check.js";
import { Desk } from "./desk.js";

const KEPT = process.env.SCREENSHOTS;
const LOOKS = [
  { width: 1280, height: 900, scheme: "light" },
  { width: 360, height: 740, scheme: "dark" },
];
const LANGUAGES = ["en", "sw", "so", "ar", "fr"];
const FIGURES = "/complain/wajir/figures";
// What a page may weigh, its pictures included.
const HEAVIEST = 60 * 1024;

// What people complain of, the most frequent first; so many in the first month, so many in the second.
const MATTERS = [
  ["The borehole is broken and there is no water", 14, 41],
  ["No nurse and no drugs at the dispensary", 9, 23],
  ["The road is cut by the flood", 8, 11],
  ["The relief food did not come", 6, 9],
  ["No teacher in class four", 0, 7],
  ["The chief asks for a bribe for the list", 5, 6],
];
const MAPPING = `name = "past"
county = "wajir"
[words]
columns = ["Complaint"]
[id]
column = "Reference"
[received]
column = "Created"
format = "%Y-%m-%d"
[closed]
column = "Closed"
format = "%Y-%m-%d"
[place]
column = "Ward"
[gender]
column = "Sex"
names = { f = "woman", m = "man" }
`;

function rows() {
  const lines = ["Reference,Complaint,Created,Closed,Ward,Sex"];
  for (const [at, month] of [[1, "04"], [2, "05"]]) {
    for (const matter of MATTERS) {
      for (let n = 0; n < matter[at]; n += 1) {
        const day = String(1 + (n % 20)).padStart(2, "0");
        const closed = n % 3 === 0 ? "" : `2025-${month}-${String(1 + (n % 20) + (n % 8)).padStart(2, "0")}`;
        const ward = ["Eldas", "Bute", "Township", "Habasswein", "Tarbaj"][(n * n) % 5];
        lines.push(`F-${lines.length},${matter[0]},2025-${month}-${day},${closed},${ward},${["f", "f", "m", ""][n % 4]}`);
      }
    }
  }
  return `${lines.join("\n")}\n`;
}

export async function figures(browser, service) {
  const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

  await check("two months of another system are taken in, and told to everybody when they are published", async () => {
    const desk = await Desk.open(browser, service.url, "Noor");
    const { page } = desk;
    await desk.goTo("/console/import");
    await page.locator("#file").setInputFiles({ name: "past.csv", mimeType: "text/csv", buffer: Buffer.from(rows()) });
    await page.locator("form[enctype] button").click();
    await page.locator("#mapping").fill(MAPPING);
    await page.locator("form[action*=check] button").click();
    await page.locator("form[action$=take-in] button").click();
    await reads(page.locator("#stand"), /Taken in/);
    await desk.close();
    // What was missed is published at the start.
    await service.stop();
    await service.start();
    const until = Date.now() + 90_000;
    while ((await fetch(`${service.url}${FIGURES}/2025-05`)).status !== 200) {
      if (Date.now() > until) throw new Error("May is not published");
      await new Promise((soon) => setTimeout(soon, 200));
    }
  });

  for (const { width, height, scheme } of LOOKS) {
    const context = await browser.newContext({ viewport: { width, height }, colorScheme: scheme, bypassCSP: true });
    const page = await context.newPage();
    for (const language of LANGUAGES) {
      for (const what of ["/2025-05", "/2025-05/radio", "/2025-06"]) {
        await check(`${FIGURES}${what} in ${language} at ${width} px, ${scheme}, fits, weighs little, and axe finds nothing`, async () => {
          const address = `${service.url}${FIGURES}${what}?lang=${language}`;
          same((await page.goto(address)).status(), 200);
          for (const summary of await page.locator("summary").all()) await summary.click();
          same(await page.evaluate(() => document.documentElement.scrollWidth), width);
          const weight = Buffer.byteLength(await (await fetch(address)).text());
          if (KEPT) console.log(`# ${what} ${language}: ${weight} bytes`);
          if (weight > HEAVIEST) throw new Error(`${weight} bytes`);
          await page.evaluate(axe);
          const { violations } = await page.evaluate(() => globalThis.axe.run());
          same(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(", ")}`), []);
          if (KEPT) await page.screenshot({ path: `${KEPT}/figures${what.replaceAll("/", "-")}-${language}-${width}.png`, fullPage: true });
        });
      }
    }
    await context.close();
  }

  const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 360, height: 740 } });
  const page = await context.newPage();
  await check("from the county's page one gets to the figures, to a month before and to a file", async () => {
    await page.goto(`${service.url}/complain/wajir?lang=en`);
    await page.getByRole("link", { name: /^Figures/ }).click();
    await page.getByRole("link", { name: "May 2025" }).click();
    await reads(page.locator("h1"), "Complaints in Wajir, May 2025");
    const address = await page.getByRole("link", { name: "CSV" }).getAttribute("href");
    const file = await (await fetch(service.url + address)).text();
    same(file.split("\r\n")[0], "month,by,key,name,measure,value,rests_on,note");
  });

  await check("the sheet for the radio is one of A4 in each language", async () => {
    for (const language of LANGUAGES) {
      const sheet = await page.goto(`${service.url}${FIGURES}/2025-05/radio?lang=${language}`);
      same(sheet.status(), 200);
      const pdf = (await page.pdf({ format: "A4", margin: { top: "12mm", bottom: "12mm", left: "12mm", right: "12mm" } })).toString("latin1");
      same((pdf.match(/\/Type \/Page\b/g) ?? []).length, 1);
      if (KEPT) {
        await page.emulateMedia({ media: "print" });
        await page.setViewportSize({ width: 703, height: 1000 });
        await page.screenshot({ path: `${KEPT}/figures-radio-print-${language}.png`, fullPage: true });
      }
    }
    if (KEPT) {
      await page.goto(`${service.url}${FIGURES}/2025-05?lang=en`);
      await page.screenshot({ path: `${KEPT}/figures-print.png`, fullPage: true });
    }
  });
  await context.close();
}
