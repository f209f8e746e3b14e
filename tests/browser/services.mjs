// The private world of a test run in a temporary folder: PostgreSQL, Redis and two nodes of Foyer on ports of their own.
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { Balancer } from "./balancer.mjs";
import { Program, freePort, run } from "./processes.mjs";

const checkout = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const postgresPrograms = "/usr/lib/postgresql/15/bin";
export const foyerProgram = process.env.FOYER_PROGRAM ?? join(checkout, "build", "release", "foyer");

// PostgreSQL does not run as root: there its account does it.
async function unprivileged() {
  if (process.getuid() !== 0) return { prefix: [], own: () => {} };
  const account = "nobody";
  const [user, group] = await Promise.all([run(["id", "-u", account]), run(["id", "-g", account])]);
  const ids = [Number(user), Number(group)];
  return {
    prefix: [`--reuid=${ids[0]}`, `--regid=${ids[1]}`, "--clear-groups"],
    own: (folder) => chownSync(folder, ...ids),
  };
}

function environment(extra = {}) {
  return { PATH: process.env.PATH, HOME: tmpdir(), LC_ALL: "C.UTF-8", ...extra };
}

export class Services {
  #folder = mkdtempSync(join(tmpdir(), "foyer_browser."));
  #programs = [];
  #settings = {};
  #balancer = null;
  nodes = [];
  // Two more nodes that share one address; started when first asked for.
  balanced = [];

  async start() {
    chmodSync(this.#folder, 0o755);
    const account = await unprivileged();
    await Promise.all([this.#startPostgres(account), this.#startRedis()]);
    await this.foyer("migrate");
    await this.foyer("import", "films", join(checkout, "tests", "fixtures", "films.jsonl"));
    this.nodes = [await this.#startNode(0), await this.#startNode(1)];
  }

  // Runs the program once with the settings of this world.
  foyer(...args) {
    return run([foyerProgram, ...args], { env: environment(this.#settings), cwd: this.#folder });
  }

  async createUser(name, password, role) {
    await run([foyerProgram, "user", "create", name, "--email", `${name}@foyer.example`, "--password-stdin", "--role", role], {
      env: environment(this.#settings),
      cwd: this.#folder,
      input: `${password}\n`,
    });
  }

  async stop() {
    await this.#balancer?.stop();
    for (const program of [...this.#programs].reverse()) await program.stop();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  // Ends a node and starts it again on the same port; `between` happens while it is away.
  async restartNode(node, between) {
    await node.program.stop();
    await between();
    await this.#runNode(node);
  }

  async balancer() {
    if (this.#balancer === null) {
      this.#balancer = new Balancer();
      await this.#balancer.start();
      this.balanced = [await this.#startNode(2, this.#balancer.address), await this.#startNode(3, this.#balancer.address)];
    }
    this.#balancer.mend();
    this.#balancer.serve(this.balanced.map(({ port }) => port));
    return this.#balancer;
  }

  logs() {
    return [...this.nodes, ...this.balanced].map(({ program }) => `--- ${program.name}\n${program.lastLines()}`).join("\n");
  }

  #keep(program) {
    this.#programs.push(program);
    return program;
  }

  async #startPostgres({ prefix, own }) {
    const folder = join(this.#folder, "postgres");
    mkdirSync(folder);
    own(folder);
    const data = join(folder, "data");
    const env = environment();
    await run(
      ["setpriv", ...prefix, join(postgresPrograms, "initdb"), "--no-sync", "--auth=trust", "--username=foyer", "--encoding=UTF8",
        "--locale=C.UTF-8", `--pgdata=${data}`],
      { env, cwd: folder },
    );
    const options = ["-c", "listen_addresses=", "-c", `unix_socket_directories=${folder}`, "-c", "fsync=off"];
    const program = this.#keep(
      new Program("postgres", [...prefix, join(postgresPrograms, "postgres"), "-D", data, ...options], {
        log: join(this.#folder, "postgres.log"),
        env,
        cwd: folder,
        signal: "SIGINT", // disconnects clients
      }),
    );
    const client = ["--host", folder, "--username", "foyer"];
    await program.ready(() => run([join(postgresPrograms, "psql"), ...client, "-d", "postgres", "-c", "select 1"], { env }));
    await run([join(postgresPrograms, "createdb"), ...client, "foyer"], { env });
    this.#settings.FOYER_DATABASE_URL = `host=${folder} user=foyer dbname=foyer`;
  }

  async #startRedis() {
    const port = await freePort();
    const command = ["redis-server", "--bind", "127.0.0.1", "--port", String(port), "--save", "", "--appendonly", "no"];
    const env = environment();
    const options = { log: join(this.#folder, "redis.log"), env, cwd: this.#folder };
    const program = this.#keep(new Program("redis", command, options));
    await program.ready(() => run(["redis-cli", "-p", String(port), "ping"], { env }));
    this.#settings.FOYER_REDIS_URL = `redis://127.0.0.1:${port}`;
  }

  async #startNode(index, publicUrl = null) {
    const port = await freePort();
    const address = `http://127.0.0.1:${port}`;
    const node = { name: `node ${index + 1}`, port, address, publicUrl: publicUrl ?? address, program: null };
    await this.#runNode(node);
    return node;
  }

  async #runNode(node) {
    const env = environment({
      ...this.#settings,
      FOYER_LISTEN: `127.0.0.1:${node.port}`,
      FOYER_PUBLIC_URL: node.publicUrl,
      FOYER_RATE_LIMITS: "off",
    });
    const log = join(this.#folder, `${node.name.replace(" ", "_")}.log`);
    node.program = this.#keep(new Program(node.name, [foyerProgram, "serve"], { log, env, cwd: this.#folder }));
    await node.program.ready(async () => (await fetch(`${node.address}/readyz`)).ok);
  }
}
