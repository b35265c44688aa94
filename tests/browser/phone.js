// One phone of the page, as a hand uses it.

import { number } from "./check.js";

// What a key types, press by press; its digit comes last.
const KEYS = { 1: ".,?!'\"-()@/:1", 2: "abc2", 3: "def3", 4: "ghi4", 5: "jkl5", 6: "mno6", 7: "pqrs7", 8: "tuv8", 9: "wxyz9", 0: " " };

// Longer than a key waits for its next press, and than it takes to be held.
const A_MOMENT_MS = 2000;

export class Phone {
  constructor(page, root) {
    this.page = page;
    this.root = root;
    this.draft = root.locator(".draft");
    this.texts = root.locator(".text");
    this.count = root.locator(".count");
  }

  key(name) {
    return this.root.locator(".key", { has: this.page.locator(`b:text-is("${name}")`) });
  }

  // With the twelve keys: the same key again for its next letter, a moment's rest before another letter of one key. The
  // page's time stands still meanwhile: on a busy machine a moment may pass between any two presses.
  async tap(words) {
    const { clock } = this.page;
    await clock.pauseAt(await this.page.evaluate((moment) => Date.now() + moment, A_MOMENT_MS));
    let last = null;
    for (const letter of words) {
      const [key, letters] = Object.entries(KEYS).find(([, letters]) => letters.includes(letter));
      if (key === last) await clock.runFor(A_MOMENT_MS);
      if (key === letter) await this.hold(key);
      else for (let press = 0; press <= letters.indexOf(letter); press += 1) await this.key(key).click();
      last = key;
    }
    await clock.resume();
  }

  async hold(name) {
    await this.key(name).hover();
    await this.page.mouse.down();
    await this.page.clock.runFor(A_MOMENT_MS);
    await this.page.mouse.up();
  }

  async type(words) {
    await this.draft.click();
    await this.page.keyboard.type(words);
  }

  // Sends what is written, as `how` does it, and answers with the reply's words.
  async sent(how = () => this.root.getByRole("button", { name: "Send" }).click()) {
    const before = await this.texts.count();
    await how();
    await number(this.texts, before + 2);
    return this.words(before + 1);
  }

  words(at) {
    return this.texts.nth(at).locator(".words").innerText();
  }

  mark(at) {
    return this.texts.nth(at).locator(".mark");
  }
}
