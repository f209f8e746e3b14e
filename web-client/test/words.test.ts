import assert from "node:assert/strict";
import { test } from "node:test";

import { countInWords, timeInWords, typingInWords } from "../src/words.ts";

// The server writes the same words: tests/pages/words_test.cpp holds the same examples.
test("times of posts are in UTC", () => {
  assert.equal(timeInWords("2026-11-23T15:52:07.123Z"), "23 November 2026, 15:52 UTC");
  assert.equal(timeInWords("2026-01-02T03:04:05.000Z"), "2 January 2026, 03:04 UTC");
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
