// What one writes, others see: between two browsers on two nodes, in its place and without a reload.
import assert from "node:assert/strict";

import { eventually } from "../processes.mjs";
import { openLive, post, writeReply, writtenMarkup } from "../world.mjs";

// A mark that a reload would take away.
async function mark(page) {
  await page.evaluate(() => {
    window.notReloaded = true;
  });
  return async () => assert.equal(await page.evaluate(() => window.notReloaded), true, "the page was reloaded");
}

async function numbers(page) {
  return page.locator("article[data-number]").evaluateAll((all) => all.map((article) => Number(article.dataset.number)));
}

export const liveScenarios = {
  "a comment posted in one browser appears in the other one on another node, in its place and without reload": async (world) => {
    const writer = await world.member(0);
    const reader = await world.page(await world.browser(1));
    const thread = await world.discussion(writer.context);
    await openLive(writer.page, thread.path);
    await openLive(reader, thread.path);
    const notReloaded = [await mark(writer.page), await mark(reader)];
    await writeReply(writer.page, "From *below*, with a ||mirror||.");
    await post(reader, 2).waitFor();
    assert.equal(await post(reader, 2).locator(".post-body em").textContent(), "below");
    assert.equal(await post(reader, 2).locator("details.spoiler").count(), 1);
    await post(writer.page, 2).waitFor();
    await eventually("the pending row going away", async () => (await writer.page.locator(".pending").count()) === 0);
    for (const page of [writer.page, reader]) assert.deepEqual(await numbers(page), [1, 2]);
    assert.equal(await reader.locator(".reply-count").textContent(), "1 reply");
    for (const check of notReloaded) await check();
  },

  "a post that arrived live is to the letter the one that the server writes": async (world) => {
    const writer = await world.member(0);
    const other = await world.member(1, "moderator");
    const reader = await world.page(await world.browser(1));
    const thread = await world.discussion(writer.context);
    await world.call(writer.context, "PUT", `/api/v1/films/${thread.films[0].id}/rating`, { score: 8 });
    await openLive(reader, thread.path);
    await openLive(other.page, thread.path);
    await world.call(other.context, "POST", `/api/v1/threads/${thread.id}/posts`, {
      body: "A > B & \"C\" 'D' — ||no||\n\n> quote\n\n- list",
      reply_to: 1,
    });
    const { post: edited } = await world.call(writer.context, "POST", `/api/v1/threads/${thread.id}/posts`, { body: "before" });
    await world.call(writer.context, "PATCH", `/api/v1/posts/${edited.id}`, { body: "after" });
    const { post: deleted } = await world.call(writer.context, "POST", `/api/v1/threads/${thread.id}/posts`, { body: "gone" });
    await world.call(writer.context, "DELETE", `/api/v1/posts/${deleted.id}`);
    await world.call(other.context, "PUT", `/api/v1/posts/${edited.id}/reactions/like`);
    const { post: removed } = await world.call(writer.context, "POST", `/api/v1/threads/${thread.id}/posts`, { body: "bad" });
    await world.call(other.context, "POST", `/api/v1/posts/${removed.id}/remove`, { reason: "Off <topic>" });
    await writeReply(other.page, "The last one.");
    await reader.locator("#post-6[data-state=visible]").waitFor();
    await reader.locator("#post-5[data-state=removed]").waitFor();
    await other.page.locator("#post-6").waitFor();
    const late = await world.page(await world.browser(1, { javaScriptEnabled: false }));
    await late.goto(thread.path);
    for (const number of [1, 2, 3, 4, 5, 6]) {
      const expected = await writtenMarkup(late, number);
      if (number === 1) assert.match(expected, / rated it 8 of 10</);
      for (const page of [reader, other.page]) {
        await eventually(`post ${number} being as in the page`, async () => {
          assert.equal(await writtenMarkup(page, number), expected);
          return true;
        }, 5);
      }
    }
  },

  "whoever sees the list of discussions, or a film's, hears how many read each": async (world) => {
    const writer = await world.member(0);
    const thread = await world.discussion(writer.context);
    const other = await world.discussion(writer.context, "How was it cut?");
    const front = await world.page(await world.browser(1));
    await front.goto("/");
    const film = await world.page(await world.browser(0));
    await film.goto(`/films/${thread.films[0].id}-${thread.films[0].slug}`);
    const readers = (page, of) => page.locator(`.thread-row[data-thread="${of.id}"] .row-readers`);
    const first = await world.page(await world.browser(0));
    await openLive(first, thread.path);
    const second = await world.page(await world.browser(1));
    await openLive(second, thread.path);
    for (const page of [front, film]) {
      const height = await page.evaluate(() => document.body.scrollHeight);
      await readers(page, thread).filter({ hasText: /^2 reading$/ }).waitFor();
      assert.equal(await readers(page, other).textContent(), "");
      assert.equal(await page.evaluate(() => document.body.scrollHeight), height);
    }
    await second.close();
    for (const page of [front, film]) {
      await eventually("one reader being no news", async () => (await readers(page, thread).textContent()) === "");
    }
  },

  "an event that is faster than the answer to its own post makes no second row": async (world) => {
    const writer = await world.member(0);
    const reader = await world.page(await world.browser(1));
    const thread = await world.discussion(writer.context);
    await openLive(writer.page, thread.path);
    await openLive(reader, thread.path);
    let answer;
    await writer.page.route("**/api/v1/threads/*/posts", async (route) => {
      const response = await route.fetch();
      await new Promise((resolve) => (answer = resolve));
      await route.fulfill({ response });
    });
    await writeReply(writer.page, "Which is first?");
    await post(reader, 2).waitFor();
    // What others write is shown meanwhile, and tells that the writer's page has heard of its own post too.
    const other = await world.member(1);
    await world.call(other.context, "POST", `/api/v1/threads/${thread.id}/posts`, { body: "In between." });
    await post(writer.page, 3).waitFor();
    assert.equal(await writer.page.locator("article", { hasText: "Which is first?" }).count(), 1);
    assert.equal(await writer.page.locator(".pending").count(), 1);
    answer();
    await post(writer.page, 2).waitFor();
    await eventually("the pending row going away", async () => (await writer.page.locator(".pending").count()) === 0);
    assert.deepEqual(await numbers(writer.page), [1, 2, 3]);
  },

  "a film page's first comment appears live in another browser that looks at the film": async (world) => {
    const writer = await world.member(0);
    const film = await world.film(writer.context, "A Lost Reel");
    const reader = await world.page(await world.browser(1));
    await openLive(reader, film.path);
    await openLive(writer.page, film.path);
    const notReloaded = await mark(reader);
    await writeReply(writer.page, "Does anybody have it?");
    await post(reader, 1).waitFor();
    await post(writer.page, 1).waitFor();
    await writeReply(writer.page, "I would pay for it.");
    await post(reader, 2).waitFor();
    assert.equal(await reader.locator(".reply-count").textContent(), "2 comments");
    assert.equal(await reader.locator("article[data-number]").count(), 2);
    await notReloaded();
  },

  "many posts from both sides arrive everywhere in the same order": async (world) => {
    const writers = [await world.member(0), await world.member(1)];
    const thread = await world.discussion(writers[0].context);
    for (const { page } of writers) await openLive(page, thread.path);
    const send = async ({ context, name }) => {
      for (let count = 1; count <= 10; count += 1) {
        await world.call(context, "POST", `/api/v1/threads/${thread.id}/posts`, { body: `${name} ${count}` });
      }
    };
    await Promise.all(writers.map(send));
    const expected = Array.from({ length: 21 }, (_, at) => at + 1);
    for (const { page } of writers) {
      await post(page, 21).waitFor();
      await eventually("all posts", async () => (await numbers(page)).length === 21);
      assert.deepEqual(await numbers(page), expected);
    }
    const texts = await Promise.all(writers.map(({ page }) => page.locator(".post-body").allTextContents()));
    assert.deepEqual(texts[0], texts[1]);
  },

  "an edit shows in every open page": async (world) => {
    const writer = await world.member(0);
    const reader = await world.page(await world.browser(1));
    const thread = await world.discussion(writer.context);
    await openLive(reader, thread.path);
    const { items } = await world.call(writer.context, "GET", `/api/v1/threads/${thread.id}/posts`);
    await world.call(writer.context, "PATCH", `/api/v1/posts/${items[0].id}`, { body: "Corrected." });
    await reader.locator("#post-1[data-revision='2']").waitFor();
    assert.equal((await post(reader, 1).locator(".post-body").textContent()).trim(), "Corrected.");
    assert.equal(await post(reader, 1).locator(".post-edited").count(), 1);
  },

  "Reply on a post answers it, and Ctrl+Enter sends": async (world) => {
    const writer = await world.member(0);
    const thread = await world.discussion(writer.context, "Whom to answer", 3);
    await openLive(writer.page, thread.path);
    await post(writer.page, 2).locator(".action-reply a").click();
    await writer.page.locator(".answered", { hasText: `#2 ${writer.name}` }).waitFor();
    await writer.page.locator("textarea[name=body]").fill("Yes.");
    await writer.page.locator("textarea[name=body]").press("Control+Enter");
    await post(writer.page, 4).waitFor();
    const link = post(writer.page, 4).locator(".post-reply-to");
    assert.equal((await link.textContent()).trim(), `in reply to #2 ${writer.name}`);
    assert.equal(await link.getAttribute("href"), "#post-2");
    assert.equal(await writer.page.locator(".answering").isVisible(), false);
  },

  "on an earlier page new replies are only announced, and edits of what is shown still arrive": async (world) => {
    const writer = await world.member(0);
    const reader = await world.page(await world.browser(1));
    const thread = await world.discussion(writer.context, "A long one", 52);
    await openLive(reader, thread.path);
    await world.call(writer.context, "POST", `/api/v1/threads/${thread.id}/posts`, { body: "Number 53", reply_to: 1 });
    await reader.locator(".last-page-note", { hasText: "1 new reply on the last page" }).waitFor();
    assert.equal(await reader.locator("article[data-number]").count(), 50);
    const { items } = await world.call(writer.context, "GET", `/api/v1/threads/${thread.id}/posts?limit=3`);
    await world.call(writer.context, "PATCH", `/api/v1/posts/${items[2].id}`, { body: "Edited on page one." });
    await post(reader, 3).locator(".post-body", { hasText: "Edited on page one." }).waitFor();
    await reader.locator(".last-page-note a").click();
    await post(reader, 53).waitFor();
    assert.equal((await post(reader, 53).locator(".post-reply-to").textContent()).trim(), `in reply to #1 ${writer.name}`);
  },

  "a reader in the middle of a thread is not moved by what arrives": async (world) => {
    const writer = await world.member(0);
    const moderator = await world.member(1, "moderator");
    const thread = await world.discussion(writer.context, "Hold still", 40);
    const reader = await world.page(await world.browser(1));
    await openLive(reader, thread.path);
    await post(reader, 20).evaluate((article) => article.scrollIntoView({ block: "center" }));
    const top = () => post(reader, 20).evaluate((article) => article.getBoundingClientRect().top);
    const before = await top();
    const { items } = await world.call(writer.context, "GET", `/api/v1/threads/${thread.id}/posts?limit=5`);
    await world.call(writer.context, "PATCH", `/api/v1/posts/${items[1].id}`, { body: "Longer. ".repeat(300) });
    await world.call(moderator.context, "POST", `/api/v1/posts/${items[2].id}/remove`, { reason: "Off topic" });
    await world.call(writer.context, "POST", `/api/v1/threads/${thread.id}/posts`, { body: "At the end." });
    await post(reader, 41).waitFor();
    assert.ok(Math.abs((await top()) - before) <= 1, `moved by ${(await top()) - before} px`);
  },
};
