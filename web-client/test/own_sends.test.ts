import assert from "node:assert/strict";
import { test } from "node:test";

import { OwnSends } from "../src/own_sends.ts";
import type { Post } from "../src/protocol.ts";

function post(number: number, author: number): Post {
  return {
    id: 100 + number,
    thread_id: 42,
    number,
    author: { id: author, name: `m${author}`, role: "member" },
    body: "a",
    html: "<p>a</p>",
    reply_to: null,
    state: "visible",
    removal: undefined,
    revision: 1,
    created_at: "2026-11-23T15:52:07.123Z",
    edited_at: null,
    reactions: { like: undefined },
  };
}

const nothingShown = (): boolean => false;

test("while nothing is sent all posts pass", () => {
  const sends = new OwnSends("7");
  assert.equal(sends.pass([post(1, 7), post(2, 8)], nothingShown).length, 2);
});

test("while a post is on its way own events wait and others pass", () => {
  const sends = new OwnSends("7");
  sends.begin();
  assert.deepEqual(sends.pass([post(1, 8), post(2, 7), post(3, 8)], nothingShown).map(({ number }) => number), [1, 3]);
  assert.deepEqual(sends.end().map(({ number }) => number), [2]);
  assert.deepEqual(sends.end(), []);
});

test("with several posts on their way own events wait for the last answer", () => {
  const sends = new OwnSends("7");
  sends.begin();
  sends.begin();
  assert.deepEqual(sends.pass([post(1, 7)], nothingShown), []);
  assert.deepEqual(sends.end(), []);
  assert.deepEqual(sends.pass([post(2, 7)], nothingShown), []);
  assert.deepEqual(sends.end().map(({ number }) => number), [1, 2]);
});

test("what has its row already does not wait, least of all a removal", () => {
  const sends = new OwnSends("7");
  sends.begin();
  const removed: Post = { ...post(2, 7), state: "removed", body: null, html: null };
  assert.deepEqual(sends.pass([post(1, 7)], (shown) => shown.number === 2), []);
  assert.deepEqual(sends.pass([removed], (shown) => shown.number === 2), [removed]);
  assert.deepEqual(sends.end().map(({ number }) => number), [1]);
});

test("a removal that passed is not undone by an older event that was held", () => {
  const sends = new OwnSends("7");
  sends.begin();
  const removed: Post = { ...post(1, 7), state: "removed", body: null, html: null };
  assert.deepEqual(sends.pass([post(1, 7)], nothingShown), []);
  assert.deepEqual(sends.pass([removed], () => true), [removed]);
  assert.deepEqual(sends.end(), []);
});

test("a guest never waits", () => {
  const sends = new OwnSends(undefined);
  sends.begin();
  assert.equal(sends.pass([post(1, 7)], nothingShown).length, 1);
});
