import assert from "node:assert/strict";
import { test } from "node:test";

import { AnsweredNames } from "../src/answered_names.ts";
import { FakeEnvironment } from "./fake_environment.ts";

class Bench {
  readonly environment = new FakeEnvironment();
  readonly asked: number[] = [];
  answer: (number: number) => Promise<string | null> = (number) => Promise.resolve(`m${number}`);
  readonly names = new AnsweredNames(this.environment, (number) => {
    this.asked.push(number);
    return this.answer(number);
  });

  async pass(seconds: number): Promise<void> {
    for (let passed = 0; passed < seconds * 2; passed += 1) {
      for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
      this.environment.pass(500);
      for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
    }
  }
}

test("five thousand answers to one post ask for its author once", async () => {
  const bench = new Bench();
  const names = Promise.all(Array.from({ length: 5_000 }, () => bench.names.authorOf(7)));
  await bench.pass(2);
  assert.deepEqual(new Set(await names), new Set(["m7"]));
  assert.deepEqual(bench.asked, [7]);
});

test("answers to five thousand posts ask for a few, one after the other; the rest make do with the number", async () => {
  const bench = new Bench();
  const names = Promise.all(Array.from({ length: 5_000 }, (_, at) => bench.names.authorOf(at + 1)));
  await bench.pass(1);
  assert.ok(bench.asked.length <= 2, `${bench.asked.length} at once`);
  await bench.pass(60);
  assert.equal(bench.asked.length, 20);
  assert.equal((await names).filter((name) => name !== null).length, 20);
  for (let number = 5_001; number <= 9_000; number += 1) {
    void bench.names.authorOf(number);
    await bench.pass(1);
  }
  assert.equal(bench.asked.length, 500);
});

test("an author who could not be told is asked for again by the next answer", async () => {
  const bench = new Bench();
  bench.answer = () => Promise.reject(new Error("no answer"));
  const first = bench.names.authorOf(7);
  await bench.pass(2);
  assert.equal(await first, null);
  bench.answer = (number) => Promise.resolve(`m${number}`);
  const second = bench.names.authorOf(7);
  await bench.pass(2);
  assert.equal(await second, "m7");
});
