import { chromium } from "playwright-core";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
const [,, url, out, only] = process.argv;
const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
const PW = "three camels at noon";
const who = { halima: "halima@demo.example", noor: "noor@demo.example", yusuf: "yusuf@demo.example", fatuma: "fatuma@demo.example", asha: "asha@demo.example" };
async function session(name, { width, scheme, locale }) {
  const ctx = await browser.newContext({ viewport: { width, height: width < 500 ? 740 : 900 }, colorScheme: scheme, locale, timezoneId: "Africa/Nairobi" });
  const page = await ctx.newPage();
  const complaints = [];
  page.on("console", (m) => { if (["error", "warning"].includes(m.type())) complaints.push(m.text()); });
  page.on("pageerror", (e) => complaints.push(String(e)));
  await page.goto(url + "/console/login");
  await page.fill("input[name=email]", who[name]);
  await page.fill("input[name=password]", PW);
  await Promise.all([page.waitForNavigation(), page.press("input[name=password]", "Enter")]);
  return { ctx, page, complaints };
}
async function judge(page, label, complaints) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run());
  for (const v of violations) console.log(label, "AXE", v.id, v.nodes.map((n) => n.target + " " + n.failureSummary.replace(/\s+/g, " ").slice(0, 160)).join(" | "));
  const w = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  if (w[0] > w[1]) console.log(label, "WIDER", w);
  if (complaints.length) { console.log(label, "SAYS", complaints.join(" ; ")); complaints.length = 0; }
}
const variants = [["w-light-en", { width: 1280, scheme: "light", locale: "en-GB" }], ["n-light-en", { width: 360, scheme: "light", locale: "en-GB" }], ["w-dark-sw", { width: 1280, scheme: "dark", locale: "sw-KE" }], ["n-dark-sw", { width: 360, scheme: "dark", locale: "sw-KE" }]];
for (const [v, o] of variants) {
  if (only && !v.startsWith(only)) continue;
  let s = await session("halima", o);
  const snap = async (name) => { await judge(s.page, v + " " + name, s.complaints); await s.page.screenshot({ path: `${out}/${name}-${v}.png`, fullPage: true }); };
  await snap("inbox");
  const hrefs = await s.page.$$eval("[data-open]", (as) => as.map((a) => [a.textContent, a.getAttribute("href")]));
  const open = async (part) => { const h = hrefs.find(([t]) => t.includes(part)); await s.page.goto(url + h[1]); };
  await open("Kisima cha Burder"); await snap("complaint-new");
  await open("bowser"); await snap("complaint-working");
  await open("salty"); 
  await s.page.fill("#words-update", "Asante. Fundi atakuja Alhamisi na dawa ya kusafisha maji; hadi hapo tumieni kisima cha shule.");
  await s.page.waitForTimeout(900); await snap("complaint-typed");
  await s.page.goto(url + "/console/passed-on"); await snap("passed-on");
  await s.page.click("[data-open]"); await snap("own-part");
  await s.page.goto(url + "/console/closed"); await snap("closed");
  await s.page.click("[data-open]"); await snap("complaint-closed");
  await s.page.goto(url + "/console/complaints?q=maji+kis"); await snap("search");
  await s.page.goto(url + "/console/complaints?status=in_progress&age=7"); await snap("filtered");
  await s.ctx.close();
  s = await session("noor", o); await snap("queue");
  await s.page.goto(url + "/console/complaints"); await snap("county");
  await s.page.goto(url + "/console/figures"); await snap("figures");
  await s.ctx.close();
}
await browser.close();
