import assert from "node:assert/strict";
import { test } from "node:test";

import { OwnLikes } from "../src/own_likes.ts";

interface Question {
  readonly liked: boolean;
  readonly answer: (likes: number) => void;
  readonly refuse: (reason: string) => void;
}

// A page with one post of two likes, none of them the viewer's, and a server that answers when it is told to.
class Page {
  liked = false;
  likes = 2;
  readonly refusals: string[] = [];
  readonly questions: Question[] = [];
  readonly own = new OwnLikes(
    (_postId, liked) =>
      new Promise((resolve, reject) => {
        this.questions.push({ liked, answer: resolve, refuse: (reason) => reject(new Error(reason)) });
      }),
    {
      mark: (_postId, liked) => (this.liked = liked),
      add: (_postId, difference) => (this.likes += difference),
      count: (_postId, likes) => (this.likes = likes),
      refused: (error) => this.refusals.push((error as Error).message),
    },
  );

  press(): void {
    this.own.press(7, this.liked);
  }

  // An event, as the page shows it.
  tell(likes: number): void {
    this.likes = likes;
    this.own.told(7);
  }

  shows(): string {
    return `${this.liked ? "liked" : "not liked"}, ${this.likes}`;
  }

  async settled(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
  }
}

test("a like shows at once and takes the count of the answer", async () => {
  const page = new Page();
  page.press();
  assert.equal(page.shows(), "liked, 3");
  page.questions[0]?.answer(5);
  await page.settled();
  assert.equal(page.shows(), "liked, 5");
  assert.equal(page.questions.length, 1);
});

test("a refused like is taken back and told", async () => {
  const page = new Page();
  page.press();
  page.questions[0]?.refuse("You are going very fast.");
  await page.settled();
  assert.equal(page.shows(), "not liked, 2");
  assert.deepEqual(page.refusals, ["You are going very fast."]);
});

test("a refused withdrawal brings the like back", async () => {
  const page = new Page();
  page.liked = true;
  page.press();
  assert.equal(page.shows(), "not liked, 1");
  page.questions[0]?.refuse("No connection.");
  await page.settled();
  assert.equal(page.shows(), "liked, 2");
});

test("an event that is faster than the answer is not overruled by it", async () => {
  const page = new Page();
  page.press();
  page.tell(3);
  page.tell(4);
  page.questions[0]?.answer(3);
  await page.settled();
  assert.equal(page.shows(), "liked, 4");
});

test("an event that came before a refusal keeps its count", async () => {
  const page = new Page();
  page.press();
  page.tell(6);
  page.questions[0]?.refuse("The post was removed.");
  await page.settled();
  assert.equal(page.shows(), "not liked, 6");
});

test("a button pressed again meanwhile asks once more, and not before the answer", async () => {
  const page = new Page();
  page.press();
  page.press();
  assert.equal(page.shows(), "not liked, 2");
  assert.deepEqual(page.questions.map(({ liked }) => liked), [true]);
  page.questions[0]?.answer(3);
  await page.settled();
  assert.equal(page.shows(), "not liked, 2", "the first answer is not what the viewer wants by now");
  assert.deepEqual(page.questions.map(({ liked }) => liked), [true, false]);
  page.questions[1]?.answer(2);
  await page.settled();
  assert.equal(page.shows(), "not liked, 2");
});

test("pressed three times in a row it asks once", async () => {
  const page = new Page();
  page.press();
  page.press();
  page.press();
  page.questions[0]?.answer(3);
  await page.settled();
  assert.equal(page.shows(), "liked, 3");
  assert.equal(page.questions.length, 1);
});

test("a refusal of what is no longer wanted leaves the page as it is", async () => {
  const page = new Page();
  page.press();
  page.press();
  page.questions[0]?.refuse("No connection.");
  await page.settled();
  assert.equal(page.shows(), "not liked, 2");
  assert.deepEqual(page.refusals, ["No connection."]);
});

test("what an event told before the last press does not keep its refusal from being taken back", async () => {
  const page = new Page();
  page.press();
  page.tell(3);
  page.press();
  assert.equal(page.shows(), "not liked, 2");
  page.questions[0]?.answer(3);
  await page.settled();
  page.questions[1]?.refuse("No connection.");
  await page.settled();
  assert.equal(page.shows(), "liked, 3");
});

test("once all is answered the next press asks anew", async () => {
  const page = new Page();
  page.press();
  page.questions[0]?.answer(3);
  await page.settled();
  page.press();
  assert.deepEqual(page.questions.map(({ liked }) => liked), [true, false]);
  page.questions[1]?.answer(2);
  await page.settled();
  assert.equal(page.shows(), "not liked, 2");
});

test("what another tab stored is marked, unless a press here is on its way", async () => {
  const page = new Page();
  page.own.stored(7, true);
  assert.equal(page.shows(), "liked, 2");
  page.press();
  page.own.stored(7, true);
  assert.equal(page.shows(), "not liked, 1");
  page.questions[0]?.answer(1);
  await page.settled();
  page.own.stored(7, true);
  assert.equal(page.shows(), "liked, 1");
});
