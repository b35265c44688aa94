// All of it, in order, on one service: each file says what it looks at.

import { audit } from "./audit.js";
import { launch } from "./browser.js";
import { fail, finish } from "./check.js";
import { consolePages } from "./console.js";
import { conversation } from "./conversation.js";
import { counter } from "./counter.js";
import { emails } from "./emails.js";
import { figures } from "./figures.js";
import { hostile } from "./hostile.js";
import { imports } from "./imports.js";
import { inside } from "./inside.js";
import { intake } from "./intake.js";
import { keyboard } from "./keyboard.js";
import { lists } from "./lists.js";
import { looks } from "./looks.js";
import { mail } from "./mail.js";
import { publicPages } from "./public.js";
import { report } from "./report.js";
import { restart } from "./restart.js";
import { Service } from "./service.js";
import { story } from "./story.js";

const service = await Service.start(process.argv[2]);
const browser = await launch();
try {
  for (const part of [conversation, inside, counter, keyboard, looks, story, consolePages, audit, intake, publicPages, lists, report, imports, figures, hostile, restart, mail, emails]) {
    // What one part cannot begin, the next may.
    await part(browser, service).catch((error) => fail(part.name, error));
  }
} finally {
  await browser.close();
  await service.clear();
}
finish();
