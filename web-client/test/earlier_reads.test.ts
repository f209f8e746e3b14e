import assert from "node:assert/strict";
import { test } from "node:test";

import { EarlierReads } from "../src/earlier_reads.ts";
import type { Post } from "../src/protocol.ts";

function post(number: number, revision = 1): Post {
  return {
    id: 100 + number,
    thread_id: 1,
    number,
    author: { id: 7, name: "mira", role: "member" },
    body: "text",
    html: "<p>text</p>",
    reply_to: null,
    state: "visible",
    removal: undefined,
    revision,
    created_at: "2026-11-23T15:52:07.123Z",
    edited_at: null,
    reactions: { like: undefined },
  };
}

test("an event that overtook the page it belongs to goes on top of it, the last of each post", () => {
  const reads = new EarlierReads();
  reads.begin(1, 50);
  assert.equal(reads.passes(post(4, 2), 91), true);
  assert.equal(reads.passes(post(4, 3), 92), true);
  assert.equal(reads.passes(post(9, 2), 93), true);
  assert.deepEqual(reads.end(91).map(({ number, revision }) => [number, revision]), [[4, 3], [9, 2]]);
});

test("what the page knows already, or does not hold, does not go on top of it", () => {
  const reads = new EarlierReads();
  reads.begin(1, 50);
  reads.passes(post(4), 90);
  reads.passes(post(51), 95);
  assert.deepEqual(reads.end(90), []);
});

test("an event that is older than the page that was read changes nothing in it", () => {
  const reads = new EarlierReads();
  reads.begin(1, 50);
  reads.end(90);
  assert.equal(reads.passes(post(50), 90), false);
  assert.equal(reads.passes(post(50), 91), true);
  assert.equal(reads.passes(post(51), 90), true);
});

test("a read that failed leaves nothing behind", () => {
  const reads = new EarlierReads();
  reads.begin(1, 50);
  reads.passes(post(4), 99);
  assert.deepEqual(reads.end(null), []);
  assert.equal(reads.passes(post(4), 1), true);
  reads.begin(1, 50);
  assert.deepEqual(reads.end(90), []);
});
