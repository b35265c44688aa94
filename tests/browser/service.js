// The real binary, `jibu demo`, on a port and in a directory of its own.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

export class Service {
  #jibu;
  #directory;
  #port;
  #process = null;
  #said = [];

  static async start(jibu) {
    const service = new Service();
    service.#jibu = jibu;
    service.#directory = await mkdtemp(join(tmpdir(), "jibu-browser-"));
    service.#port = await freePort();
    await service.start();
    return service;
  }

  get url() {
    return `http://127.0.0.1:${this.#port}`;
  }

  // Answers when it says where the phones are, which it does once it listens.
  async start() {
    const data = join(this.#directory, "data");
    this.#process = spawn(this.#jibu, ["demo", "--port", String(this.#port), "--data", data], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    const lines = [this.#process.stdout, this.#process.stderr].map((stream) => createInterface({ input: stream }));
    await new Promise((ready, gone) => {
      this.#process.once("error", gone);
      this.#process.once("exit", (code) => gone(new Error(`jibu ended with ${code}:\n${this.#said.join("\n")}`)));
      const hear = (line) => {
        this.#said.push(line);
        if (line.includes("The phones are at")) ready();
      };
      for (const stream of lines) stream.on("line", hear);
    });
  }

  // As a service manager does; answers with the exit code.
  async stop() {
    const ended = once(this.#process, "exit");
    this.#process.kill("SIGTERM");
    const [code] = await ended;
    this.#process = null;
    return code;
  }

  // Somebody texts the line, past the phones of the page.
  async text(from, body) {
    const line = await fetch(`${this.url}/phones/line`).then((answer) => answer.json());
    const answer = await fetch(`${this.url}/sandbox/texts`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ from, to: line.numbers[0], body }),
    });
    if (!answer.ok) throw new Error(`The text was answered with ${answer.status}`);
  }

  // What the gateway does wrong with the next requests.
  async fault(order) {
    const answer = await fetch(`${this.url}/sandbox/faults`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(order),
    });
    if (!answer.ok) throw new Error(`The fault was answered with ${answer.status}`);
  }

  async clear() {
    if (this.#process) await this.stop();
    await rm(this.#directory, { recursive: true, force: true });
  }
}

async function freePort() {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}
