import assert from "node:assert/strict";
import { test } from "node:test";

import { countInWords, sinceInWords, timeInWords, typingInWords } from "../src/words.ts";

// The server writes the same words: tests/pages/words_test.cpp holds the same examples.
test("times of posts are in UTC", () => {
  assert.equal(timeInWords("2026-11-23T15:52:07.123Z"), "23 November 2026, 15:52 UTC");
  assert.equal(timeInWords("2026-01-02T03:04:05.000Z"), "2 January 2026, 03:04 UTC");
});

// What a reader in Berlin is told at this moment of their clock.
function since(then: string, now: string): string | null {
  const before = process.env["TZ"];
  process.env["TZ"] = "Europe/Berlin";
  try {
    return sinceInWords(then, new Date(now));
  } finally {
    if (before === undefined) delete process.env["TZ"];
    else process.env["TZ"] = before;
  }
}

test("the last hours are counted in minutes and hours", () => {
  const now = "2026-11-23T15:00:00.000Z";
  assert.equal(since("2026-11-23T14:59:01.000Z", now), "just now");
  assert.equal(since("2026-11-23T14:59:00.000Z", now), "1 minute ago");
  assert.equal(since("2026-11-23T14:00:01.000Z", now), "59 minutes ago");
  assert.equal(since("2026-11-23T14:00:00.000Z", now), "1 hour ago");
  assert.equal(since("2026-11-22T23:30:00.000Z", now), "15 hours ago");
});

test("a day begins at the reader's midnight", () => {
  // In Berlin it is 01:10 on the 24th.
  const now = "2026-11-24T00:10:00.000Z";
  assert.equal(since("2026-11-23T23:05:00.000Z", now), "1 hour ago");
  assert.equal(since("2026-11-23T22:50:00.000Z", now), "yesterday at 23:50");
  assert.equal(since("2026-11-22T23:00:00.000Z", now), "yesterday at 00:00");
  assert.equal(since("2026-11-22T22:59:00.000Z", now), "2 days ago");
  // Twenty minutes are twenty minutes, also over midnight.
  assert.equal(since("2026-11-23T22:50:00.000Z", "2026-11-23T23:10:00.000Z"), "20 minutes ago");
});

test("days are counted up to a week, also over a change of the clocks", () => {
  // Clocks were put back on 25 October 2026 at 01:00 UTC.
  const now = "2026-10-26T12:00:00.000Z";
  assert.equal(since("2026-10-25T00:30:00.000Z", now), "yesterday at 02:30");
  assert.equal(since("2026-10-23T22:30:00.000Z", now), "2 days ago");
  assert.equal(since("2026-10-18T22:00:00.000Z", now), "7 days ago");
  assert.equal(since("2026-10-18T21:59:00.000Z", now), null);
});

test("a clock that is behind a little hears \"just now\", one that is far behind the absolute words", () => {
  const now = "2026-11-23T15:00:00.000Z";
  assert.equal(since("2026-11-23T15:04:59.000Z", now), "just now");
  assert.equal(since("2026-11-23T15:06:00.000Z", now), null);
  assert.equal(since("no time", now), null);
});

test("counts agree with their nouns", () => {
  assert.equal(countInWords(1, "reply", "replies"), "1 reply");
  assert.equal(countInWords(0, "reply", "replies"), "0 replies");
});

test("up to three who write are named, more are counted", () => {
  assert.equal(typingInWords([]), "");
  assert.equal(typingInWords(["mira"]), "mira is writing…");
  assert.equal(typingInWords(["mira", "ana"]), "mira and ana are writing…");
  assert.equal(typingInWords(["mira", "ana", "oleg"]), "mira, ana and oleg are writing…");
  assert.equal(typingInWords(["mira", "ana", "oleg", "nora"]), "4 people are writing…");
});
