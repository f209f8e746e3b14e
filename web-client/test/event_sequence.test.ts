import assert from "node:assert/strict";
import { test } from "node:test";

import { EventSequence } from "../src/event_sequence.ts";
import { Chance } from "./chance.ts";

const event = (seq: number): { seq: number } => ({ seq });
const seqs = (events: readonly { seq: number }[]): number[] => events.map(({ seq }) => seq);

test("events in order pass at once", () => {
  const sequence = new EventSequence(17);
  assert.deepEqual(seqs(sequence.push(event(18))), [18]);
  assert.deepEqual(seqs(sequence.push(event(19))), [19]);
  assert.equal(sequence.head, 19);
  assert.equal(sequence.hasHole, false);
});

test("an early event waits for the ones before it", () => {
  const sequence = new EventSequence(0);
  assert.deepEqual(sequence.push(event(3)), []);
  assert.equal(sequence.hasHole, true);
  assert.deepEqual(seqs(sequence.push(event(1))), [1]);
  assert.deepEqual(seqs(sequence.push(event(2))), [2, 3]);
  assert.equal(sequence.hasHole, false);
});

test("repeats are dropped, also of events that wait", () => {
  const sequence = new EventSequence(5);
  assert.deepEqual(sequence.push(event(5)), []);
  assert.deepEqual(sequence.push(event(7)), []);
  assert.deepEqual(sequence.push(event(7)), []);
  assert.deepEqual(seqs(sequence.push(event(6))), [6, 7]);
  assert.deepEqual(sequence.push(event(7)), []);
});

test("a promised head is a hole until it is reached", () => {
  const sequence = new EventSequence(5);
  sequence.expect(4);
  assert.equal(sequence.hasHole, false);
  sequence.expect(6);
  assert.equal(sequence.hasHole, true);
  sequence.push(event(6));
  assert.equal(sequence.hasHole, false);
});

test("beyond the capacity early events are dropped and can come again", () => {
  const sequence = new EventSequence(0, 2);
  for (const seq of [3, 4, 5]) sequence.push(event(seq));
  assert.deepEqual(seqs(sequence.push(event(1))), [1]);
  assert.deepEqual(seqs(sequence.push(event(2))), [2, 3, 4]);
  assert.equal(sequence.hasHole, true);
  assert.deepEqual(seqs(sequence.push(event(5))), [5]);
});

test("whatever the order and the repeats, every event comes out once and in order", () => {
  for (let seed = 1; seed <= 300; seed += 1) {
    const chance = new Chance(seed);
    const first = chance.below(1_000);
    const count = 1 + chance.below(60);
    const sent = Array.from({ length: count }, (_, at) => event(first + 1 + at));
    const repeated = [...sent, ...sent.filter(() => chance.below(3) === 0), event(first), event(1)];
    const sequence = new EventSequence(first);
    const received = chance.shuffled(repeated).flatMap((one) => seqs(sequence.push(one)));
    assert.deepEqual(received, seqs(sent), `seed ${seed}`);
    assert.equal(sequence.hasHole, false, `seed ${seed}`);
  }
});

test("at every moment what came out is an unbroken run from the start", () => {
  for (let seed = 1; seed <= 100; seed += 1) {
    const chance = new Chance(seed);
    const sequence = new EventSequence(0);
    const received: number[] = [];
    for (const one of chance.shuffled(Array.from({ length: 40 }, (_, at) => event(at + 1)))) {
      received.push(...seqs(sequence.push(one)));
      assert.deepEqual(received, Array.from({ length: received.length }, (_, at) => at + 1), `seed ${seed}`);
      assert.equal(sequence.head, received.length);
    }
  }
});
