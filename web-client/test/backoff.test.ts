import assert from "node:assert/strict";
import { test } from "node:test";

import { retryDelay } from "../src/backoff.ts";

test("a retry waits at least a quarter of a second and at most thirty and a quarter", () => {
  for (let attempt = 0; attempt < 2_000; attempt += 1) {
    assert.equal(retryDelay(attempt, 0), 250);
    const most = retryDelay(attempt, 1);
    assert.ok(most <= 30_250 && most > 250, `attempt ${attempt}: ${most}`);
  }
});

test("the range of the wait doubles until thirty seconds", () => {
  assert.deepEqual(
    [0, 1, 2, 3, 4, 5, 6, 7].map((attempt) => retryDelay(attempt, 1) - 250),
    [500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000],
  );
});

test("the wait is spread over its whole range", () => {
  assert.equal(retryDelay(3, 0.5), 250 + 2_000);
});
