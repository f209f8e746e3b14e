import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { FrameQueue } from "../src/frame_queue.ts";

// As much of a page as the queue sees: whether it is hidden, and its frames.
class Page {
  hidden = false;
  frames: (() => void)[] = [];
  #visibilityChanged: (() => void) | null = null;

  addEventListener(_: string, listener: () => void): void {
    this.#visibilityChanged = listener;
  }

  removeEventListener(): void {
    this.#visibilityChanged = null;
  }

  turn(hidden: boolean): void {
    this.hidden = hidden;
    this.#visibilityChanged?.();
  }

  frame(): void {
    for (const act of this.frames.splice(0)) act();
  }
}

let page: Page;
let portions: number[][];
let queue: FrameQueue<number>;

beforeEach(() => {
  page = new Page();
  portions = [];
  queue = new FrameQueue((items) => portions.push(items));
  Object.assign(globalThis, { document: page, requestAnimationFrame: (act: () => void) => page.frames.push(act) });
  queue.start();
});

const run = (from: number, count: number): number[] => Array.from({ length: count }, (_, at) => from + at);

test("a frame brings at most forty changes, and the next frames the rest", () => {
  queue.add(run(1, 90));
  assert.deepEqual(portions, []);
  for (let frame = 1; frame <= 4; frame += 1) page.frame();
  assert.deepEqual(portions.map(({ length }) => length), [40, 40, 10]);
  assert.deepEqual(portions.flat(), run(1, 90));
});

test("one frame is asked for, however often something comes", () => {
  for (let at = 1; at <= 10; at += 1) queue.add([at]);
  assert.equal(page.frames.length, 1);
  page.frame();
  assert.deepEqual(portions, [run(1, 10)]);
});

test("whatever holds the frames back, at most ten thousand changes wait", () => {
  for (let at = 0; at < 250; at += 1) queue.add(run(1 + at * 100, 100));
  const applied = portions.flat().length;
  assert.ok(25_000 - applied <= 10_000, `${25_000 - applied} wait`);
  while (page.frames.length > 0) page.frame();
  assert.deepEqual(portions.flat(), run(1, 25_000));
});

test("turning away or coming back applies all that waits, and the frame that was asked for nothing twice", () => {
  queue.add(run(1, 500));
  page.turn(true);
  assert.deepEqual(portions.flat(), run(1, 500));
  page.turn(false);
  page.frame();
  assert.deepEqual(portions.flat(), run(1, 500));
});

test("a hidden page gets no frames: a timer applies all that came at once", async () => {
  page.turn(true);
  queue.add(run(1, 500));
  queue.add(run(501, 500));
  assert.equal(page.frames.length, 0);
  await new Promise((resolve) => setTimeout(resolve, 0)); // behind the queue's own
  assert.deepEqual(portions, [run(1, 1_000)]);
});

test("what waits when the page goes on to another one is dropped", () => {
  queue.add([1]);
  queue.stop();
  page.frame();
  assert.deepEqual(portions, []);
});
