// Debian's Chromium, and the phone page in it.

import { chromium } from "playwright-core";

import { Phone } from "./phone.js";

// Without these Chromium looks for updates and other hosts at every start.
const QUIET = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

// As root, which build machines often are, Chromium has no sandbox.
export function launch() {
  return chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox", ...QUIET] });
}

// A window of the page, and what it complained of or asked of whom.
export class Window {
  complaints = [];
  hosts = new Set();

  static async open(browser, url, { width = 1280, height = 900, scheme = "light", touch = false } = {}) {
    const window = new Window();
    const context = await browser.newContext({
      viewport: { width, height },
      colorScheme: scheme,
      hasTouch: touch,
      locale: "en-GB",
      timezoneId: "Africa/Nairobi",
    });
    context.setDefaultTimeout(20_000);
    context.on("request", (request) => window.hosts.add(new URL(request.url()).host));
    window.page = await context.newPage();
    window.page.on("pageerror", (error) => window.complaints.push(String(error)));
    window.page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) window.complaints.push(message.text());
    });
    // Time goes on as it does, and faster where a test says so: nobody waits for a key to rest.
    await window.page.clock.install();
    await window.page.goto(url);
    await window.page.locator(".examples button").first().waitFor();
    return window;
  }

  // From the left.
  phone(at) {
    return new Phone(this.page, this.page.locator(".phone").nth(at));
  }

  async openInside() {
    await this.page.getByRole("button", { name: "What happens inside", exact: true }).first().click();
    return this.page.getByRole("region", { name: "What happens inside" });
  }

  close() {
    return this.page.context().close();
  }
}
