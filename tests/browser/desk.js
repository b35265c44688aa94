// Somebody of the demonstration at their desk: the console in a window of its own.

export class Desk {
  complaints = [];
  hosts = new Set();
  clicks = 0;

  // Logged in as Halima, Noor and so on, by the page's own buttons.
  static async open(browser, url, name, { width = 1280, height = 900, scheme = "light", locale = "en-GB" } = {}) {
    const desk = new Desk();
    desk.url = url;
    const context = await browser.newContext({ viewport: { width, height }, colorScheme: scheme, locale, timezoneId: "Africa/Nairobi" });
    context.setDefaultTimeout(20_000);
    context.on("request", (request) => desk.hosts.add(new URL(request.url()).host));
    desk.page = await context.newPage();
    desk.page.on("pageerror", (error) => desk.complaints.push(String(error)));
    desk.page.on("console", (message) => {
      // A refused form is an answer, though Chromium calls it an error.
      if (["error", "warning"].includes(message.type()) && !message.text().includes("(Conflict)")) desk.complaints.push(message.text());
    });
    await desk.goTo("/console/login");
    if (name) {
      await desk.page.getByRole("button", { name: new RegExp(`\\b${name}\\u2069?$`) }).click();
      await desk.page.locator("form:has(input[type=password]) button").first().click();
      await desk.page.locator("nav").first().waitFor();
    }
    return desk;
  }

  async goTo(path) {
    await this.page.goto(this.url + path);
  }

  // A click of a newcomer's, counted.
  async click(locator) {
    this.clicks += 1;
    await locator.click();
  }

  complaint(number) {
    return this.page.locator("main").getByRole("link").filter({ has: this.page.locator(`xpath=self::*[contains(@href, '${number.replaceAll(" ", "")}')]`) }).first();
  }

  // Does what a form of the complaint's page is for; the first one lies open.
  async act(deed, words) {
    const form = this.page.locator(`#act-${deed}`);
    const folded = this.page.locator(`details:has(#act-${deed})`);
    if ((await folded.count()) > 0 && (await folded.getAttribute("open")) === null) await this.click(folded.locator("summary"));
    if (words) await form.locator("textarea").fill(words);
    await this.click(form.locator("button").first());
  }

  status() {
    return this.page.locator(".stands");
  }

  close() {
    return this.page.context().close();
  }
}
