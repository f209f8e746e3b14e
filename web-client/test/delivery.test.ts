import assert from "node:assert/strict";
import { test } from "node:test";

import { LiveConnection } from "../src/live_connection.ts";
import { ThreadFeed } from "../src/thread_feed.ts";
import { Chance } from "./chance.ts";
import { FakeEnvironment } from "./fake_environment.ts";
import { LiveServerModel, channel } from "./live_server_model.ts";

class RandomEnvironment extends FakeEnvironment {
  readonly #chance: Chance;

  constructor(chance: Chance) {
    super();
    this.#chance = chance;
  }

  override random(): number {
    return this.#chance.next();
  }
}

const closeCodes = [1000, 1001, 1006, 1012, 4401, 4408, 4429];

// One page, its server and everything that can go wrong between them. What the page was given is compared with the log
// after every step: from where the page was loaded each seq once, in order.
class Run {
  readonly #chance: Chance;
  readonly #environment: RandomEnvironment;
  readonly #server: LiveServerModel;
  readonly #connection: LiveConnection;
  #feed: ThreadFeed;
  #unfollow: () => void = () => {};
  #known = 0;
  #open = 0;
  #slotEnds = 0;
  reloads = 0;

  constructor(seed: number) {
    this.#chance = new Chance(seed);
    this.#environment = new RandomEnvironment(this.#chance);
    this.#server = new LiveServerModel(this.#chance);
    this.#server.publish(this.#chance.below(100));
    this.#connection = new LiveConnection(this.#environment, () => {});
    this.#feed = this.#load();
    this.#connection.start();
    this.#noticeSockets();
  }

  async step(): Promise<void> {
    await this.#act(this.#chance.below(20));
    for (let turn = 0; turn < 12; turn += 1) await Promise.resolve();
    this.#noticeSockets();
    assert.ok(this.#environment.timerCount <= 4, `${this.#environment.timerCount} timers`);
    assert.ok(this.#server.waitingQuestions <= 1, "one question at a time");
  }

  // All is well from now on: the page comes to where the log is, whatever happened before.
  async heal(): Promise<void> {
    this.#server.wellBehaved = true;
    this.#connection.resume();
    this.#connection.start();
    this.#close(1006);
    for (let turn = 0; turn < 200; turn += 1) {
      this.#environment.pass(1_000);
      this.#noticeSockets();
      this.#speak(1_000);
      this.#server.answerQuestion();
      for (let settled = 0; settled < 12; settled += 1) await Promise.resolve();
    }
    assert.equal(this.#feed.head, this.#server.head, "the page has caught up");
    assert.equal(this.#known, this.#server.head);
  }

  async #act(choice: number): Promise<void> {
    switch (choice) {
      case 0:
        this.#close(closeCodes[this.#chance.below(closeCodes.length)] ?? 1006);
        return;
      case 1:
        this.#connection.networkLost();
        return;
      case 2:
        this.#connection.wake();
        return;
      case 3:
        this.#connection.stop();
        return;
      case 4:
        this.#connection.start();
        this.#connection.resume();
        void this.#feed.catchUp();
        return;
      case 5:
      case 6:
        this.#environment.pass(this.#chance.below(this.#chance.below(8) === 0 ? 60_000 : 1_500));
        return;
      case 7:
      case 8:
      case 9:
        this.#server.answerQuestion();
        return;
      case 10:
        this.#server.publish(this.#chance.below(10) === 0 ? 60 : 5);
        return;
      case 11:
      case 12:
      case 13:
        this.#server.publish(1);
        return;
      default:
        this.#speak(this.#chance.below(12));
    }
  }

  #load(): ThreadFeed {
    this.#known = this.#server.head;
    let reloads = false;
    const feed = new ThreadFeed(this.#known, this.#environment, this.#server.eventsSince, {
      events: (events) => {
        if (reloads) return; // what is still told is not held to any order
        for (const { seq } of events) {
          assert.equal(seq, this.#known + 1, "each event once, in order");
          this.#known = seq;
        }
      },
      readers: () => {},
      typing: () => {},
      followed: () => {},
      outOfDate: () => {
        reloads = true;
        queueMicrotask(() => this.#reload(feed));
      },
      ended: (reason) => assert.fail(reason),
    });
    this.#unfollow = this.#connection.follow(channel, feed);
    return feed;
  }

  // A reload: another page, another socket, and the state that the server has now.
  #reload(of: ThreadFeed): void {
    if (of !== this.#feed) return;
    this.reloads += 1;
    this.#connection.stop();
    this.#unfollow();
    this.#feed.stop();
    while (this.#server.waitingQuestions > 0) this.#server.answerQuestion();
    this.#feed = this.#load();
    this.#connection.start();
  }

  // A welcome comes before anything else is said.
  #speak(frames: number): void {
    if (this.#connection.state === "connecting") this.#environment.socket.welcome();
    else this.#server.run(frames);
  }

  #close(code: number): void {
    const state = this.#connection.state;
    if (state !== "connecting" && state !== "live") return;
    if (code === 1012 && this.#chance.below(4) !== 0) {
      const slot = this.#chance.below(8_000);
      this.#environment.socket.say({ type: "goodbye", retry_ms: slot });
      this.#slotEnds = this.#environment.now() + slot;
    }
    this.#server.disconnect();
    this.#environment.socket.drop(code);
  }

  #noticeSockets(): void {
    const { sockets } = this.#environment;
    for (; this.#open < sockets.length; this.#open += 1) {
      // Times are sums of fractions.
      assert.ok(this.#environment.now() >= this.#slotEnds - 0.001, "nobody comes back before their slot");
      const socket = sockets[this.#open];
      if (socket !== undefined) this.#server.connect(socket);
    }
    const { state } = this.#connection;
    if (state !== "connecting" && state !== "live") this.#server.disconnect();
    const left = sockets.filter(({ closed, onmessage }) => !closed && onmessage !== null);
    assert.ok(left.length <= 1, `${left.length} sockets at a time`);
  }
}

const runs = 150;
const steps = 1_000;

test("whatever is lost, repeated, reordered, cut or refused, the page is given every event once and in order", async (context) => {
  const first = Number(process.env["FOYER_TEST_SEED"] ?? Math.floor(Math.random() * 2 ** 31));
  let reloads = 0;
  for (let seed = first; seed < first + runs; seed += 1) {
    const run = new Run(seed);
    try {
      for (let step = 0; step < steps; step += 1) await run.step();
      await run.heal();
    } catch (error) {
      throw new Error(`with FOYER_TEST_SEED=${seed}: ${error instanceof Error ? (error.stack ?? error.message) : "failed"}`);
    }
    reloads += run.reloads;
  }
  context.diagnostic(`FOYER_TEST_SEED=${first}: ${runs * steps} steps, ${reloads} reloads`);
  assert.ok(reloads > 0, "some histories were too long");
});
