// Starts and stops the programs of a test run, each by its own process id, and waits for conditions with a deadline.
import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { openSync, readFileSync } from "node:fs";

// Polls until `check` returns something; its last error tells what was missing.
export async function eventually(what, check, seconds = 15) {
  const deadline = Date.now() + seconds * 1000;
  let lastError;
  for (;;) {
    try {
      const result = await check();
      if (result) return result;
    } catch (error) {
      lastError = error;
    }
    if (Date.now() >= deadline) {
      throw new Error(`${what} did not happen within ${seconds} s${lastError ? `: ${lastError.message}` : ""}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

export async function freePort() {
  const server = createServer();
  await new Promise((resolve, reject) => server.listen(0, "127.0.0.1", resolve).once("error", reject));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

export class Program {
  #child;
  #log;
  #ended;
  #signal;

  // `log` gets what the program prints. Should this run be killed without a chance to stop things, the system sends the
  // program `signal` instead.
  constructor(name, command, { log, env, cwd, signal = "SIGTERM" }) {
    this.name = name;
    this.#log = log;
    const output = openSync(log, "a");
    this.#signal = signal;
    const args = ["--pdeathsig", signal.replace("SIG", ""), ...command];
    this.#child = spawn("setpriv", args, { stdio: ["ignore", output, output], env, cwd, detached: true });
    this.#ended = new Promise((resolve) => {
      this.#child.once("error", resolve);
      this.#child.once("exit", resolve);
    });
  }

  get running() {
    return this.#child.pid !== undefined && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  // Waits for the condition, but not for a program that has ended.
  async ready(check, seconds = 30) {
    await eventually(`${this.name} being ready`, async () => {
      if (!this.running) return true;
      return check();
    }, seconds);
    if (!this.running) throw new Error(`${this.name} ended at once:\n${this.lastLines()}`);
  }

  lastLines(count = 15) {
    return readFileSync(this.#log, "utf8").trimEnd().split("\n").slice(-count).join("\n");
  }

  async stop(seconds = 20) {
    if (!this.running) return;
    this.#child.kill(this.#signal);
    const late = setTimeout(() => this.#child.kill("SIGKILL"), seconds * 1000);
    await this.#ended;
    clearTimeout(late);
  }
}

// Runs a program to its end and returns what it printed; fails when it fails.
export async function run(command, { env, cwd, input = "" } = {}) {
  const [file, ...args] = command;
  const child = spawn(file, args, { stdio: ["pipe", "pipe", "pipe"], env, cwd });
  let printed = "";
  child.stdout.on("data", (data) => (printed += data));
  child.stderr.on("data", (data) => (printed += data));
  child.stdin.on("error", () => {}); // a program need not read all it is given
  child.stdin.end(input);
  const status = await new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  if (status !== 0) throw new Error(`${command.slice(0, 3).join(" ")} ended with status ${status}:\n${printed}`);
  return printed;
}
