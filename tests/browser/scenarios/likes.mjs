// Likes: shown at once, counted on every screen where they stand, and given without JavaScript, too.
import assert from "node:assert/strict";

import { openLive, post } from "../world.mjs";

function likeButton(page, number, author) {
  return page.getByRole("button", { name: `Like post ${number} by ${author}`, exact: true });
}

function pressed(page, number) {
  return post(page, number).locator(".like").getAttribute("aria-pressed");
}

// What the whole post says about its likes, to those who look.
function words(page, number) {
  return post(page, number).locator(".action-like").innerText().then((text) => text.replace(/\s+/g, " ").trim());
}

// Where everything stands that a number could push away.
function places(page) {
  return page.locator("article, article a, article button:not(.unlike)").evaluateAll((all) =>
    all.map((element) => {
      const { left, top, width } = element.getBoundingClientRect();
      return `${element.className} ${left} ${top} ${element.matches("article") ? width : ""}`;
    }),
  );
}

async function likeId(world, member, thread, number) {
  const { items } = await world.call(member.context, "GET", `/api/v1/threads/${thread.id}/posts`);
  return items[number - 1].id;
}

export const likeScenarios = {
  "a like shows at once, on other screens without moving anything, and after a reload": async (world) => {
    const author = await world.member(0);
    const fan = await world.member(0);
    const other = await world.member(1);
    const guest = await world.page(await world.browser(1));
    const thread = await world.discussion(author.context, "Liked", 1);
    await world.call(author.context, "POST", `/api/v1/threads/${thread.id}/posts`, { body: "It is ||the gardener||." });
    await world.call(author.context, "POST", `/api/v1/threads/${thread.id}/posts`, { body: "Below it." });
    for (const page of [fan.page, other.page, guest]) await openLive(page, thread.path);
    assert.equal(await post(guest, 2).locator(".like").isVisible(), false, "guests have no button");
    await post(other.page, 2).locator("summary").click();
    await likeButton(other.page, 2, author.name).focus();
    const before = [await places(other.page), await places(guest)];

    const { width, height } = await likeButton(fan.page, 2, author.name).boundingBox();
    assert.ok(height >= 44 && width >= 44, `the button is ${width} by ${height}`);
    // The answer is held back: what is seen is not waiting for it.
    let answer;
    await fan.page.route("**/reactions/like", async (route) => {
      await new Promise((resolve) => (answer = resolve));
      await route.continue();
    });
    await likeButton(fan.page, 2, author.name).click();
    await fan.page.locator(".post-row.liked #post-2 .like-count", { hasText: "1" }).waitFor();
    assert.equal(await pressed(fan.page, 2), "true");
    assert.equal(await other.page.locator("#post-2 .like-word").count(), 0);
    answer();

    for (const page of [other.page, guest]) await page.locator("#post-2 .like-count", { hasText: "1 like" }).waitFor();
    assert.deepEqual([await places(other.page), await places(guest)], before);
    assert.equal(await other.page.evaluate(() => document.activeElement.matches("#post-2 .like")), true, "the focus stays");
    assert.equal(await post(other.page, 2).locator("details").getAttribute("open"), "", "what was opened stays open");
    assert.equal(await pressed(other.page, 2), "false", "it is somebody else's like");
    assert.equal(await words(guest, 2), "1 like");

    await fan.page.unroute("**/reactions/like");
    for (const page of [fan.page, other.page]) await openLive(page, thread.path);
    assert.deepEqual([await pressed(fan.page, 2), await pressed(other.page, 2)], ["true", "false"]);
    await likeButton(other.page, 2, author.name).click();
    await fan.page.locator("#post-2 .like-count", { hasText: "2 likes" }).waitFor();
    await likeButton(fan.page, 2, author.name).click();
    assert.equal(await pressed(fan.page, 2), "false");
    await guest.locator("#post-2 .like-count", { hasText: "1 like" }).waitFor();
  },

  "a refused like is taken back and says why, and the next one goes through": async (world) => {
    const fan = await world.member(0);
    const thread = await world.discussion(fan.context, "Not this time");
    await openLive(fan.page, thread.path);
    await fan.page.route("**/reactions/like", (route) =>
      route.fulfill({
        status: 429,
        contentType: "application/problem+json",
        body: JSON.stringify({ title: "Too many requests", status: 429, detail: "You are going very fast.", code: "rate_limited" }),
      }),
    );
    await likeButton(fan.page, 1, fan.name).click();
    await fan.page.locator(".live-notice", { hasText: "Not saved. You are going very fast." }).waitFor();
    assert.equal(await pressed(fan.page, 1), "false");
    assert.equal(await fan.page.locator(".post-row.liked").count(), 0);
    assert.equal(await words(fan.page, 1), "Like");
    await fan.page.unroute("**/reactions/like");
    const saved = fan.page.waitForResponse("**/reactions/like");
    await likeButton(fan.page, 1, fan.name).click();
    assert.equal((await saved).status(), 200);
    assert.equal(await fan.page.locator(".live-notice").count(), 0);
    assert.equal(await pressed(fan.page, 1), "true");
  },

  "the key l likes the post the keys have come to, and takes that back; a guest's keys do nothing": async (world) => {
    const reader = await world.member(0);
    const guest = await world.page(await world.browser(1));
    const thread = await world.discussion(reader.context, "Liked by keys", 2);
    await openLive(reader.page, thread.path);
    await openLive(guest, thread.path);
    await reader.page.keyboard.press("j");
    await reader.page.keyboard.press("j");
    await reader.page.keyboard.press("l");
    assert.equal(await pressed(reader.page, 2), "true");
    assert.equal(await pressed(reader.page, 1), "false");
    await guest.locator("#post-2 .like-count", { hasText: "1 like" }).waitFor();
    await reader.page.keyboard.press("l");
    assert.equal(await pressed(reader.page, 2), "false");
    await guest.locator("#post-2 .like-count:empty").waitFor({ state: "attached" });
    await guest.evaluate(() => navigation.addEventListener("navigate", () => (window.hasLeft = true)));
    await guest.keyboard.press("l");
    await guest.keyboard.press("r");
    assert.equal(await guest.evaluate(() => window.hasLeft), undefined, "the keys are nothing to a guest");
    assert.equal(await guest.locator(".liked").count(), 0);
    await reader.page.keyboard.press("?");
    await reader.page.getByRole("dialog", { name: "Keys" }).getByText("like the post, or take that back").waitFor();
  },

  "an edit that arrives does not take the focus from the like button": async (world) => {
    const author = await world.member(0);
    const reader = await world.member(1);
    const thread = await world.discussion(author.context, "Edited under the hand", 2);
    await openLive(reader.page, thread.path);
    await likeButton(reader.page, 2, author.name).click();
    assert.equal(await pressed(reader.page, 2), "true");
    const id = await likeId(world, author, thread, 2);
    await world.call(author.context, "PATCH", `/api/v1/posts/${id}`, { body: "Better words." });
    await post(reader.page, 2).getByText("Better words.").waitFor();
    assert.equal(await reader.page.evaluate(() => document.activeElement.matches("#post-2 .like")), true);
    assert.equal(await pressed(reader.page, 2), "true");
    assert.match(await words(reader.page, 2), /^Like 1/);
  },

  "a member without JavaScript likes a post and takes that back": async (world) => {
    const author = await world.member(0);
    const thread = await world.discussion(author.context, "Liked plainly", 2);
    const plain = await world.member(0, "member", { javaScriptEnabled: false });
    const guest = await world.page(await world.browser(1, { javaScriptEnabled: false }));
    const { page } = plain;
    await page.goto(thread.path);
    const button = (name) => page.getByRole("button", { name: `${name} post 2 by ${author.name}`, exact: true });
    assert.equal(await button("Unlike").isVisible(), false);
    await button("Like").click();
    assert.equal(new URL(page.url()).hash, "#post-2");
    await button("Unlike").waitFor();
    assert.equal(await button("Like").isVisible(), false);
    await guest.goto(thread.path);
    assert.equal(await words(guest, 2), "1 like");
    assert.equal(await guest.locator(".action-like button:visible").count(), 0);
    await button("Unlike").click();
    await button("Like").waitFor();
    assert.equal(await button("Unlike").isVisible(), false);
    await guest.reload();
    assert.equal(await words(guest, 2), "");
  },

  "one's own likes are marked in posts that are loaded above and in one's other tabs": async (world) => {
    const fan = await world.member(0);
    const other = await world.member(0);
    const thread = await world.discussion(fan.context, "Liked long ago", 53);
    const ids = (await world.call(fan.context, "GET", `/api/v1/threads/${thread.id}/posts?limit=5`)).items.map(({ id }) => id);
    await world.call(fan.context, "PUT", `/api/v1/posts/${ids[2]}/reactions/like`);
    await world.call(other.context, "PUT", `/api/v1/posts/${ids[3]}/reactions/like`);
    await openLive(fan.page, `${thread.path}?page=2`);
    const tab = await world.page(fan.context);
    await openLive(tab, `${thread.path}?page=2`);
    for (const page of [fan.page, tab]) {
      await page.locator(".earlier-posts a").click();
      await page.locator(".post-row.liked #post-3").waitFor();
    }
    assert.deepEqual([await pressed(fan.page, 3), await pressed(fan.page, 4)], ["true", "false"]);
    await likeButton(fan.page, 52, fan.name).click();
    await tab.locator(".post-row.liked #post-52").waitFor();
    assert.equal(await pressed(tab, 52), "true");
    await likeButton(tab, 3, fan.name).click();
    await fan.page.locator(".post-row:not(.liked) #post-3").waitFor();
  },
};
