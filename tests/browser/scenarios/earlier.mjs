// Earlier posts come into the same list, above what the reader looks at.
import assert from "node:assert/strict";

import { eventually } from "../processes.mjs";
import { openLive, post } from "../world.mjs";

const postsPerPage = 50;

async function fill(world, author, endpoint, count) {
  for (let number = 1; number <= count; number += 1) {
    await world.call(author.context, "POST", endpoint, { body: `Written ${number}.` });
  }
}

function topOf(page, number) {
  return post(page, number).evaluate((article) => article.getBoundingClientRect().top);
}

function numbers(page) {
  return page.locator("article[data-number]").evaluateAll((all) => all.map((article) => Number(article.dataset.number)));
}

function upTo(last, first = 1) {
  return Array.from({ length: last - first + 1 }, (_, at) => first + at);
}

// Loads one page above; the post that stands there first must not move.
async function loadAbove(page, first) {
  const link = page.locator(".earlier-posts a");
  await link.scrollIntoViewIfNeeded(); // as a click would
  const before = await topOf(page, first);
  await link.click();
  await post(page, first - postsPerPage).waitFor();
  await eventually("the list being whole", async () => (await numbers(page))[0] === first - postsPerPage);
  const after = await topOf(page, first);
  assert.ok(Math.abs(after - before) <= 1, `post ${first} moved from ${before} to ${after}`);
}

export const earlierScenarios = {
  "earlier posts are loaded above until the first one, and the reader's place stays": async (world) => {
    const author = await world.member(0);
    const thread = await world.discussion(author.context, "A long thread", 52);
    const { post: answer } = await world.call(author.context, "POST", `/api/v1/threads/${thread.id}/posts`, {
      body: "To an early one.",
      reply_to: 20,
    });
    await fill(world, author, `/api/v1/threads/${thread.id}/posts`, 52);
    const reader = await world.page(await world.browser(1));
    await openLive(reader, `${thread.path}?page=3`);
    await reader.evaluate(() => document.documentElement.style.setProperty("overflow-anchor", "none"));
    const link = reader.locator(".earlier-posts a");
    assert.equal(await link.getAttribute("href"), `${thread.path}?page=2`);
    assert.equal(await reader.evaluate(() => scrollY), 0);
    await loadAbove(reader, 101);
    assert.equal(await link.getAttribute("href"), thread.path);
    assert.equal(await post(reader, answer.number).locator(".post-reply-to").getAttribute("href"), `/threads/${thread.id}?at=20#post-20`);
    await reader.evaluate(() => void scrollTo(0, 0));
    await loadAbove(reader, 51);
    assert.deepEqual(await numbers(reader), upTo(105));
    assert.equal(await link.count(), 0, "there is nothing before the first post");
    const answered = post(reader, answer.number).locator(".post-reply-to");
    assert.equal(await answered.getAttribute("href"), "#post-20");
    assert.equal(await answered.textContent(), ` in reply to #20 ${author.name}`);
    assert.equal(new URL(reader.url()).search, "?page=3");
    assert.equal(await reader.locator(".page-links [rel=prev]").last().getAttribute("href"), `${thread.path}?page=2`);
    assert.equal(await reader.locator(".post-row.new").count(), 0);
  },

  "posts that were loaded above are followed like all others, and are one's own": async (world) => {
    const author = await world.member(0);
    const moderator = await world.member(1, "moderator");
    const thread = await world.discussion(author.context, "Followed above", 120);
    await openLive(author.page, `${thread.path}?page=2`);
    await loadAbove(author.page, 51);
    assert.deepEqual(await numbers(author.page), upTo(100));
    await author.page.locator(".post-row.own #post-3 .action-edit a").waitFor();
    const [second, third] = await Promise.all([2, 3].map((number) => post(author.page, number).getAttribute("data-id")));
    await world.call(author.context, "PATCH", `/api/v1/posts/${second}`, { body: "Written anew." });
    await world.call(moderator.context, "POST", `/api/v1/posts/${third}/remove`, { reason: "Off topic" });
    await post(author.page, 2).locator(".post-body", { hasText: "Written anew." }).waitFor();
    await author.page.locator("#post-3[data-state=removed]").waitFor();
    // A page in the middle still shows no posts of the last one.
    await fill(world, author, `/api/v1/threads/${thread.id}/posts`, 1);
    await author.page.locator(".last-page-note", { hasText: "1 new reply" }).waitFor();
    assert.deepEqual(await numbers(author.page), upTo(100));
  },

  "a removal that overtakes the page it belongs to is not undone by it": async (world) => {
    const author = await world.member(0);
    const moderator = await world.member(1, "moderator");
    const thread = await world.discussion(author.context, "Overtaken", 60);
    const reader = await world.page(await world.browser(1));
    await openLive(reader, `${thread.path}?page=2`);
    const { items } = await world.call(author.context, "GET", `/api/v1/threads/${thread.id}/posts?limit=5`);
    let answer;
    const asked = new Promise((resolve) => {
      void reader.route("**/api/v1/threads/*/posts?*", async (route) => {
        const response = await route.fetch();
        answer = () => route.fulfill({ response });
        resolve();
      });
    });
    await reader.locator(".earlier-posts a").click();
    await asked;
    await world.call(moderator.context, "POST", `/api/v1/posts/${items[3].id}/remove`, { reason: "Off topic" });
    await fill(world, author, `/api/v1/threads/${thread.id}/posts`, 1);
    await post(reader, 61).waitFor();
    await answer();
    await post(reader, 1).waitFor();
    assert.equal(await post(reader, 4).getAttribute("data-state"), "removed");
    assert.equal((await reader.content()).includes("Post number 4."), false);
  },

  "earlier comments come above those on the film's page": async (world) => {
    const author = await world.member(0);
    const film = await world.film(author.context, "The Third Man");
    await fill(world, author, `/api/v1/films/${film.id}/comments`, 51);
    const reader = await world.page(await world.browser(1));
    await openLive(reader, film.path);
    const first = (await numbers(reader))[0];
    assert.ok(first > 1, "there is a page before");
    await loadAbove(reader, first);
    assert.equal(new URL(reader.url()).pathname, film.path);
  },

  "without an answer the link says so and can be tried again; a full page leads to the one before": async (world) => {
    const author = await world.member(0);
    const thread = await world.discussion(author.context, "No answer", 60);
    const reader = await world.page(await world.browser(1));
    await openLive(reader, `${thread.path}?page=2`);
    const link = reader.locator(".earlier-posts a");
    await reader.route("**/api/v1/threads/*/posts?*", (route) => route.abort());
    await link.click();
    await link.filter({ hasText: "try again" }).waitFor();
    await reader.unroute("**/api/v1/threads/*/posts?*");
    await reader.evaluate(() => {
      const list = document.querySelector(".posts");
      window.fillers = Array.from({ length: 960 }, () => document.createElement("li"));
      list.append(...window.fillers);
    });
    await link.click();
    await reader.waitForURL((address) => address.pathname === thread.path && address.search === "");
    assert.deepEqual(await numbers(reader), upTo(50));
  },

  "without JavaScript the link to earlier posts leads to the page before": async (world) => {
    const author = await world.member(0);
    const thread = await world.discussion(author.context, "Plain pages", 52);
    const page = await world.page(await world.browser(1, { javaScriptEnabled: false }));
    await page.goto(`${thread.path}?page=2`);
    await page.locator(".earlier-posts a", { hasText: "Earlier posts" }).click();
    await post(page, 1).waitFor();
    assert.equal(new URL(page.url()).pathname, thread.path);
    assert.equal(await page.locator(".earlier-posts").count(), 0);
  },

  "where the new ones begin is also shown among posts that are loaded above": async (world) => {
    const author = await world.member(0);
    const thread = await world.discussion(author.context, "Read long ago", 2);
    const context = await world.browser(1);
    const reader = await world.page(context);
    await eventually("the visit being noted", async () => {
      await openLive(reader, thread.path);
      await reader.goto("/films");
      return reader.evaluate(() => (localStorage.getItem("foyer-visits:guest") ?? "").includes('"number":2'));
    });
    await fill(world, author, `/api/v1/threads/${thread.id}/posts`, 60);
    await openLive(reader, `${thread.path}?page=2`);
    assert.equal(await reader.locator(".visit-line").count(), 0);
    await loadAbove(reader, 51);
    assert.equal(await reader.locator(".first-new article").getAttribute("data-number"), "3");
  },
};
