import assert from "node:assert/strict";
import { test } from "node:test";

import type { Reach } from "../src/protocol.ts";
import { ReachWatch, reachInWords } from "../src/reach_watch.ts";
import { FakeEnvironment } from "./fake_environment.ts";

class Bench {
  readonly environment = new FakeEnvironment();
  readonly asked: { readonly id: number; readonly at: number }[] = [];
  readonly shown: string[] = [];
  answer: () => Promise<Reach> = () => Promise.reject(new Error("no answer"));
  readonly watch = new ReachWatch(
    this.environment,
    (id) => {
      this.asked.push({ id, at: (this.environment.now() - this.#start) / 1_000 });
      return this.answer();
    },
    (post, words) => this.shown.push(`#${post.number} ${words}`),
  );
  readonly #start = this.environment.now();

  async pass(seconds: number): Promise<void> {
    for (let second = 0; second < seconds; second += 1) {
      this.environment.pass(1_000);
      for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
    }
  }
}

const reach = (screens: number, gone: number, offline: number): Promise<Reach> => Promise.resolve({ screens, gone, offline });

test("the line counts up and ends as soon as every screen is clean or away", async () => {
  const bench = new Bench();
  bench.watch.watch({ id: 107, number: 7 });
  bench.answer = () => reach(413, 398, 1);
  await bench.pass(1);
  bench.answer = () => reach(413, 412, 1);
  await bench.pass(60);
  assert.deepEqual(bench.shown, [
    "#7 Gone from 398 of 413 screens",
    "#7 Gone from 412 of 413 screens; 1 was offline and is cleaned when it comes back",
  ]);
  assert.deepEqual(bench.asked.map(({ at }) => at), [1, 2]);
  assert.equal(bench.environment.timerCount, 0);
});

test("screens that stay silent are asked for at 1, 2, 4, 8, 16 and 30 seconds and then named", async () => {
  const bench = new Bench();
  bench.answer = () => reach(10, 7, 2);
  bench.watch.watch({ id: 107, number: 7 });
  await bench.pass(120);
  assert.deepEqual(bench.asked.map(({ at }) => at), [1, 2, 4, 8, 16, 30]);
  assert.equal(bench.shown.at(-1), "#7 Gone from 7 of 10 screens; 2 were offline and are cleaned when they come back; 1 has not answered");
});

test("a server that does not answer leaves no line and is not asked for ever", async () => {
  const bench = new Bench();
  bench.watch.watch({ id: 107, number: 7 });
  await bench.pass(120);
  assert.equal(bench.asked.length, 6);
  assert.deepEqual(bench.shown, []);
});

test("at most five removals are watched, the newest ones", async () => {
  const bench = new Bench();
  bench.answer = () => reach(10, 0, 0);
  for (let number = 1; number <= 50; number += 1) bench.watch.watch({ id: 100 + number, number });
  assert.equal(bench.environment.timerCount, 5);
  await bench.pass(1);
  assert.deepEqual(bench.asked.map(({ id }) => id), [146, 147, 148, 149, 150]);
});

test("a post that is removed again is watched from the start, and an answer of before counts no more", async () => {
  const bench = new Bench();
  let answerFirst: (reach: Reach) => void = () => {};
  bench.answer = () => new Promise((resolve) => (answerFirst = resolve));
  bench.watch.watch({ id: 107, number: 7 });
  await bench.pass(1);
  bench.watch.watch({ id: 107, number: 7 });
  answerFirst({ screens: 3, gone: 3, offline: 0 });
  bench.answer = () => reach(3, 1, 2);
  await bench.pass(1);
  assert.deepEqual(bench.shown, ["#7 Gone from 1 of 3 screens; 2 were offline and are cleaned when they come back"]);
});

test("one screen is one screen", () => {
  assert.equal(reachInWords({ screens: 1, gone: 1, offline: 0 }, true), "Gone from 1 of 1 screen");
});
