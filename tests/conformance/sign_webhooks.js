// The gateway's npm SDK signs webhooks: a second, differently written signer.

import { randomBytes } from "node:crypto";
import { getExpectedTwilioSignature } from "twilio/lib/webhooks/webhooks.js";

const { CHECK_BASE, CHECK_PUBLIC_URL, CHECK_ACCOUNT_SID, CHECK_SIGNATURE_KEY, CHECK_LINE } = process.env;
const DOOR = "/gateway/inbound";

function webhook(fields) {
  const sid = `SM${randomBytes(16).toString("hex")}`;
  const from = `+2547${String(randomBytes(4).readUInt32BE() % 1e8).padStart(8, "0")}`;
  return { MessageSid: sid, AccountSid: CHECK_ACCOUNT_SID, From: from, To: CHECK_LINE, Body: "No drugs", NumMedia: "0", ...fields };
}

const sign = (form, key = CHECK_SIGNATURE_KEY, base = CHECK_PUBLIC_URL) =>
  getExpectedTwilioSignature(key, `${base}${DOOR}`, form);

async function check(name, form, signature, expected) {
  const answer = await fetch(`${CHECK_BASE}${DOOR}`, {
    method: "POST",
    headers: { "X-Twilio-Signature": signature },
    body: new URLSearchParams(Object.entries(form).flatMap(([name, value]) => [value].flat().map((value) => [name, value]))),
  });
  const isRight = answer.status === expected;
  if (!isRight) process.exitCode = 1;
  console.log(`${isRight ? "ok" : "not ok"} - npm signs: ${name}${isRight ? "" : `: ${answer.status}, not ${expected}`}`);
}

const believed = (name, form) => check(name, form, sign(form), 200);

await believed("a plain text", webhook({}));
await believed("signs and accents", webhook({ Body: "Grüße 👍 & = + % ' ~ *" }));
await believed("a blank text", webhook({ Body: "" }));
await believed("a name given twice", webhook({ Extra: ["b", "a", "a"] }));
await believed("names in the order of their bytes", webhook({ b: "1", B: "2", a: "3", A: "4", "a b": "5" }));
const form = webhook({});
await check("without the port", form, sign(form, undefined, CHECK_PUBLIC_URL.replace(/:\d+$/, "")), 200);
await check("another key", form, sign(form, "another"), 403);
await check("altered words", { ...form, Body: "Drugs" }, sign(form), 403);
await check("another port", form, sign(form, undefined, CHECK_PUBLIC_URL.replace(/:\d+$/, ":1")), 403);
