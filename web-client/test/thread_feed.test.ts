import assert from "node:assert/strict";
import { test } from "node:test";

import { NoAnswer, Refusal } from "../src/api.ts";
import type { Envelope, EventPage } from "../src/protocol.ts";
import { ThreadFeed } from "../src/thread_feed.ts";
import { FakeEnvironment } from "./fake_environment.ts";

function event(seq: number): Envelope {
  return { type: "event", channel: "thread:42", seq, event: "post.created", at: "2026-11-23T15:52:07.123Z", data: {} };
}

class Bench {
  readonly environment = new FakeEnvironment();
  readonly asked: number[] = [];
  readonly seen: number[] = [];
  readonly told: string[] = [];
  readonly feed: ThreadFeed;

  constructor(answer: (since: number) => Promise<EventPage>) {
    const fetchSince = (since: number): Promise<EventPage> => {
      this.asked.push(since);
      return answer(since);
    };
    this.feed = new ThreadFeed(10, this.environment, fetchSince, {
      events: (events) => this.seen.push(...events.map(({ seq }) => seq ?? 0)),
      readers: (count) => this.told.push(`${count} readers`),
      typing: (names) => this.told.push(...names.map((name) => `${name} writes`)),
      followed: () => this.told.push("followed"),
      outOfDate: () => this.told.push("out of date"),
      ended: (reason) => this.told.push(`ended: ${reason}`),
    });
  }

  // Lets answers that are there already be taken.
  async settle(): Promise<void> {
    for (let turn = 0; turn < 40; turn += 1) await Promise.resolve();
  }
}

const page = (seqs: readonly number[], head: number): Promise<EventPage> =>
  Promise.resolve({ items: seqs.map(event), next: null, seq: head });

test("a hole that closes by itself is not asked for", async () => {
  const bench = new Bench(() => page([], 0));
  bench.feed.event(event(12));
  bench.environment.pass(900);
  bench.feed.event(event(11));
  bench.environment.pass(5_000);
  await bench.settle();
  assert.deepEqual(bench.seen, [11, 12]);
  assert.deepEqual(bench.asked, []);
  assert.equal(bench.environment.timerCount, 0);
});

test("a hole that stays a second is filled over HTTP", async () => {
  const bench = new Bench(() => page([11, 12], 13));
  bench.feed.event(event(13));
  bench.environment.pass(1_000);
  await bench.settle();
  assert.deepEqual(bench.asked, [10]);
  assert.deepEqual(bench.seen, [11, 12, 13]);
  assert.equal(bench.environment.timerCount, 0);
});

test("a replay that never comes is a hole too", async () => {
  const bench = new Bench(() => page([11], 11));
  bench.feed.subscribed({ type: "subscribed", id: 1, channel: "thread:42", seq: 11, viewers: 1, resync: undefined });
  bench.environment.pass(1_000);
  await bench.settle();
  assert.deepEqual(bench.seen, [11]);
});

test("a long hole is filled page by page, without a pause while there is progress", async () => {
  const bench = new Bench((since) => page(Array.from({ length: 100 }, (_, at) => since + 1 + at), 310));
  bench.feed.event(event(310));
  bench.environment.pass(1_000);
  await bench.settle();
  assert.deepEqual(bench.asked, [10, 110, 210]);
  assert.deepEqual(bench.seen, Array.from({ length: 300 }, (_, at) => 11 + at));
});

test("while the server does not answer it is asked again, ever more slowly", async () => {
  const bench = new Bench(() => Promise.reject(new NoAnswer()));
  bench.feed.event(event(12));
  bench.environment.pass(1_000);
  await bench.settle();
  bench.environment.pass(750);
  await bench.settle();
  bench.environment.pass(750);
  await bench.settle();
  assert.deepEqual(bench.asked, [10, 10]);
  bench.environment.pass(500);
  await bench.settle();
  assert.deepEqual(bench.asked, [10, 10, 10]);
});

test("a history that is no longer replayed asks for a reload", async () => {
  const gone = new Refusal(410, "Reload the thread.", { title: "", status: 410, detail: undefined, code: "resync_needed", errors: undefined });
  const bench = new Bench(() => Promise.reject(gone));
  bench.feed.event(event(12));
  bench.environment.pass(1_000);
  await bench.settle();
  assert.deepEqual(bench.told, ["out of date"]);
  bench.feed.subscribed({ type: "subscribed", id: 1, channel: "thread:42", seq: 9, viewers: 1, resync: true });
  assert.deepEqual(bench.told, ["out of date", "1 readers", "out of date"]);
});

test("a page that is out of date and was not reloaded still hears at once what is told: removals must not wait", async () => {
  const bench = new Bench(() => page([], 0));
  bench.feed.subscribed({ type: "subscribed", id: 1, channel: "thread:42", seq: 5_000, viewers: 1, resync: true });
  assert.equal(bench.feed.since(), null, "it cannot be brought up to date by a replay");
  bench.feed.event(event(5_001));
  bench.feed.event(event(5_003));
  assert.deepEqual(bench.seen, [5_001, 5_003]);
  bench.environment.pass(60_000);
  await bench.settle();
  assert.deepEqual(bench.asked, []);
});

test("a page that comes back asks at once, hole or not, and takes what the socket brings meanwhile once", async () => {
  const bench = new Bench(() => page([11, 12], 12));
  const caughtUp = bench.feed.catchUp();
  bench.feed.event(event(11));
  assert.equal(await caughtUp, true);
  assert.deepEqual(bench.asked, [10]);
  assert.deepEqual(bench.seen, [11, 12]);
  assert.equal(bench.environment.timerCount, 0);
});

test("without an answer a page that comes back does not claim to be up to date", async () => {
  const bench = new Bench(() => Promise.reject(new NoAnswer()));
  assert.equal(await bench.feed.catchUp(), false);
  assert.equal(bench.environment.timerCount, 0, "no hole is known, so nothing is asked again");
});

test("while an answer is on its way no second question is asked, whatever holes open and close", async () => {
  let answer: (page: EventPage) => void = () => {};
  const bench = new Bench(() => new Promise((resolve) => (answer = resolve)));
  bench.feed.event(event(12));
  bench.environment.pass(1_000);
  bench.feed.event(event(11));
  bench.feed.event(event(14));
  bench.environment.pass(60_000);
  assert.deepEqual(bench.asked, [10]);
  answer({ items: [event(11), event(12), event(13)], next: null, seq: 14 });
  await bench.settle();
  assert.deepEqual(bench.seen, [11, 12, 13, 14]);
  assert.equal(bench.environment.timerCount, 0);
});

test("after stop nothing is asked for", async () => {
  const bench = new Bench(() => page([11], 12));
  bench.feed.event(event(12));
  bench.feed.stop();
  bench.environment.pass(60_000);
  await bench.settle();
  assert.deepEqual(bench.asked, []);
});

test("a new subscription starts after the last event that was given out", () => {
  const bench = new Bench(() => page([], 0));
  bench.feed.event(event(11));
  bench.feed.event(event(13));
  assert.equal(bench.feed.since(), 11);
});
