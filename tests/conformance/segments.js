// The gateway's own calculator counts segments: on the vectors of its tests and on 100,000 random texts of mixed scripts. The sandbox
// answers what jibu counts.
//
// One difference is the calculator's own. It keeps what a person sees as one sign (a letter with its marks, a family of four) whole at
// a border; TS 23.038 and TS 23.040 know septets and UCS-2 characters only, and a network cuts between those. So a text with such signs
// is packed a second time, by the calculator too, but one character of Unicode after the other: that is what must be equal. Every other
// text must be equal as the calculator counts it by itself.

import { Agent, request } from "node:http";
import { Worker, isMainThread, parentPort, workerData } from "node:worker_threads";
import calculator from "sms-segments-calculator";

const { SegmentedMessage } = calculator;
const TEXTS = 100_000;
const THREADS = 2;
const ASKED_AT_ONCE = 32;
const BITS = { "GSM-7": 7, "UCS-2": 16 };

// ── texts ───────────────────────────────────────────────────────────────────────────────────────────

// The same ones each time: SplitMix, 32 bits of it.
function dice(seed) {
  let state = seed;
  const next = () => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return (mixed ^ (mixed >>> 15)) >>> 0;
  };
  const below = (n) => next() % n;
  return { below, of: (list) => list[below(list.length)] };
}

const range = (from, to) => Array.from({ length: to - from + 1 }, (_, i) => String.fromCodePoint(from + i));
const LETTERS = [...range(0x20, 0x5f), ...range(0x61, 0x7a), "\n", "\r"];
const EXTENSION = [..."^{}\\[~]|€\f"];
const ALPHABET = [..."£¥èéùìòÇØøÅåΔΦΓΛΩΠΨΣΘΞÆæßÉ¤¡ÄÖÑÜ§¿äöñüà"];
const ACCENTS = [..."çáíóúâêîôûëïÿœÀÈẽşğ`´’“”–…«»"];
const ARABIC = range(0x621, 0x64a);
const GEEZ = [...range(0x1200, 0x1248), ...range(0x1362, 0x1366)];
const OTHERS = [...range(0x430, 0x44f), ...range(0x3041, 0x3060), ...range(0x4e00, 0x4e20)];
const PAIRS = [...range(0x1f600, 0x1f640), ..."𝄞𐤀😜🚰"];
const CONTROLS = [...range(0x00, 0x1f), ...range(0x7f, 0xa0), "\u2028", "\ufeff", "\ufffd", "\uffff", "\r\n"];
const SIGNS = ["e\u0301", "بَ", "لّ", "🇰🇪", "👨‍👩‍👧‍👦", "🏳️‍🌈", "👍🏾", "❤️", "1️⃣", "\u200d", "\u0301", "ሀ\u135f"];

const SCRIPTS = [
  [LETTERS],
  [LETTERS],
  [LETTERS, LETTERS, LETTERS, EXTENSION],
  [LETTERS, ALPHABET, EXTENSION],
  [EXTENSION],
  [LETTERS, ALPHABET, ACCENTS],
  [ARABIC, [" "]],
  [GEEZ, [" "]],
  [PAIRS],
  [LETTERS, PAIRS],
  [ARABIC, GEEZ, OTHERS, EXTENSION],
  [LETTERS, CONTROLS],
  [LETTERS, EXTENSION, ALPHABET, ACCENTS, ARABIC, GEEZ, OTHERS, PAIRS, CONTROLS],
  [LETTERS, SIGNS],
  [ARABIC, PAIRS, SIGNS],
];

// Up to three units from a border on either side, or any short text; seldom one of the longest.
const BORDERS = [70, 70, 67, 134, 153, 160, 160, 201, 306];

function length(random) {
  const near = random.below(2 * BORDERS.length);
  if (near < BORDERS.length) return BORDERS[near] - 3 + random.below(7);
  return random.below(random.below(500) === 0 ? 1600 : 80);
}

const isEscaped = new Set(EXTENSION);

// Units until it is as long, of the scripts of the text. Now and then all but one character are plain letters.
function text(random) {
  const scripts = random.of(SCRIPTS);
  const isSeptets = scripts.every((script) => [LETTERS, EXTENSION, ALPHABET].includes(script));
  const long = length(random);
  const stranger = random.below(4) === 0 ? random.below(long + 1) : -1;
  let words = "";
  for (let units = 0, at = 0; units < long; at += 1) {
    const sign = stranger >= 0 && at !== stranger ? random.of(LETTERS) : random.of(random.of(scripts));
    words += sign;
    units += isSeptets && isEscaped.has(sign) ? 2 : sign.length;
  }
  return words;
}

const digits = (count) => "1234567890".repeat(Math.ceil(count / 10)).slice(0, count);

// What the calculator's own tests say: text, encoding, segments, bits.
const VECTORS = [
  [digits(160), "GSM-7", 1, 1120],
  [digits(161), "GSM-7", 2, 1127],
  [digits(307), "GSM-7", 3, 2149],
  [`😜${digits(68)}`, "UCS-2", 1, 1120],
  [`😜${digits(69)}`, "UCS-2", 2, 1136],
  [`😜${digits(133)}`, "UCS-2", 3, 2160],
  [`🇮🇹${digits(66)}`, "UCS-2", 1, 1120],
  [`🇮🇹${digits(67)}`, "UCS-2", 2, 1136],
  [`🏳️‍🌈${digits(64)}`, "UCS-2", 1, 1120],
  [`🏳️‍🌈${digits(65)}`, "UCS-2", 2, 1136],
  ...[..."|^€{}[]~\\"].flatMap((escaped) => [
    [escaped + digits(158), "GSM-7", 1, 1120],
    [escaped + digits(159), "GSM-7", 2, 1127],
  ]),
  ["", "GSM-7", 1, 0],
];

// ── counts ──────────────────────────────────────────────────────────────────────────────────────────

const agent = new Agent({ keepAlive: true, maxSockets: ASKED_AT_ONCE });

function counted(words) {
  const body = JSON.stringify({ text: words });
  const headers = { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(body) };
  return new Promise((resolve, reject) => {
    const asked = request(`${process.env.CHECK_BASE}/phones/count`, { method: "POST", agent, headers }, (answer) => {
      const parts = [];
      answer.on("data", (part) => parts.push(part));
      answer.on("error", reject);
      answer.on("end", () => {
        const said = Buffer.concat(parts).toString();
        if (answer.statusCode === 200) resolve(JSON.parse(said));
        else reject(new Error(`${answer.statusCode}: ${said}`));
      });
    });
    asked.on("error", reject);
    asked.end(body);
  });
}

const bits = (segments) => segments.reduce((sum, segment) => sum + segment.messageSizeInBits(), 0);
const written = (encoding, segments, size) => `${size / BITS[encoding]} × ${encoding} in ${segments}`;

// What the calculator says by itself, and what it says of the characters one by one where that is not the same question.
function expected(words) {
  const message = new SegmentedMessage(words);
  const itself = written(message.encodingName, message.segmentsCount, message.messageSize);
  const characters = [...words];
  if (message.graphemes.length === characters.length) return { itself, itsCharacters: itself };
  const packed = message._buildSegments(message._encodeChars(characters));
  return { itself, itsCharacters: written(message.encodingName, packed.length, bits(packed)) };
}

async function compare(words) {
  const { encoding, segments, units } = await counted(words);
  const ours = written(encoding, segments, units * BITS[encoding]);
  const { itself, itsCharacters } = expected(words);
  return { words, ours, itself, itsCharacters };
}

// A share of the texts, on a thread of its own.
async function work({ seed, texts }) {
  const random = dice(seed);
  const found = { compared: 0, cutInASign: 0, wrong: [] };
  const one = async () => {
    while (found.compared < texts) {
      found.compared += 1;
      const seen = await compare(text(random));
      if (seen.ours !== seen.itsCharacters) found.wrong.push(seen);
      else if (seen.ours !== seen.itself) found.cutInASign += 1;
    }
  };
  await Promise.all(Array.from({ length: ASKED_AT_ONCE }, one));
  agent.destroy();
  return found;
}

// ── the checks ──────────────────────────────────────────────────────────────────────────────────────

function check(name, wrong) {
  if (wrong.length > 0) process.exitCode = 1;
  console.log(`${wrong.length > 0 ? "not ok" : "ok"} - segments: ${name}`);
  for (const { words, ours, itself, itsCharacters } of wrong.slice(0, 5)) {
    console.log(`  ${JSON.stringify(words)}: ours ${ours}, the calculator's ${itself}, by characters ${itsCharacters}`);
  }
}

const share = (workerData) =>
  new Promise((resolve, reject) => {
    new Worker(new URL(import.meta.url), { workerData }).on("message", resolve).on("error", reject);
  });

async function main() {
  const vectors = await Promise.all(VECTORS.map(([words]) => compare(words)));
  agent.destroy();
  const told = VECTORS.map(([, encoding, segments, size]) => written(encoding, segments, size));
  check(
    `${VECTORS.length} vectors of the calculator's tests`,
    vectors.filter(({ ours, itself }, at) => ours !== told[at] || itself !== told[at]),
  );

  const shares = Array.from({ length: THREADS }, (_, at) => share({ seed: at + 1, texts: TEXTS / THREADS }));
  const found = await Promise.all(shares);
  const sum = (of) => found.reduce((all, part) => all + of(part), 0);
  const compared = sum((part) => part.compared);
  check(
    `${compared} random texts, ${sum((part) => part.cutInASign)} of which the calculator alone makes longer for a sign at a border`,
    found.flatMap((part) => part.wrong),
  );
}

if (isMainThread) await main();
else parentPort.postMessage(await work(workerData));
