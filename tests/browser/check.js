// One line for each check: `ok - name` or `not ok - name`, and the count at the end.

let passed = 0;
let failed = 0;

export async function check(name, scene) {
  try {
    await scene();
    passed += 1;
    console.log(`ok - ${name}`);
  } catch (error) {
    fail(name, error);
  }
}

export function fail(name, error) {
  failed += 1;
  console.log(`not ok - ${name}: ${onOneLine(error.message)}`);
}

export function finish() {
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
}

// Waits until an element reads so.
export async function reads(locator, expected) {
  const words = typeof expected === "string" ? new RegExp(`^\\s*${escaped(expected)}\\s*$`) : expected;
  try {
    await locator.filter({ hasText: words }).first().waitFor({ state: "attached" });
  } catch {
    throw new Error(`${JSON.stringify(await locator.allInnerTexts())}, not ${expected}`);
  }
}

// Waits until there are so many.
export async function number(locator, expected) {
  try {
    await locator.nth(expected - 1).waitFor({ state: "attached" });
  } catch {
    // What there is instead is told below.
  }
  same(await locator.count(), expected);
}

export function same(seen, expected) {
  const [is, should] = [seen, expected].map((value) => JSON.stringify(value));
  if (is !== should) throw new Error(`${is}, not ${should}`);
}

// Answers with what the pattern holds in brackets.
export function matches(seen, pattern) {
  const found = pattern.exec(seen);
  if (!found) throw new Error(`${JSON.stringify(seen)}, not ${pattern}`);
  return found[1];
}

// Chromium's driver tells what it waited for on lines of their own, in colour.
function onOneLine(words) {
  return words.replace(/\u001b\[\d+m/g, "").replace(/\s*\n\s*/g, " ").trim();
}

function escaped(words) {
  return words.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
