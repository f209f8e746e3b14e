// A reader's place in a thread: the page does not move, and says what is new, where it begins and who is writing.
import assert from "node:assert/strict";

import { eventually } from "../processes.mjs";
import { afterTwoFrames, hide, openLive, post, show, writeReply } from "../world.mjs";

async function reply(world, author, thread, body, times = 1) {
  for (let number = 1; number <= times; number += 1) {
    await world.call(author.context, "POST", `/api/v1/threads/${thread.id}/posts`, { body: `${body} ${number}` });
  }
}

function topOf(page, number) {
  return post(page, number).evaluate((article) => article.getBoundingClientRect().top);
}

export const readingScenarios = {
  "replies below the screen are counted on a button that leads to the first of them": async (world) => {
    const author = await world.member(0);
    const thread = await world.discussion(author.context, "A long evening", 15);
    const readers = [await world.page(await world.browser(1)), (await world.member(1)).page];
    for (const reader of readers) {
      await openLive(reader, thread.path);
      assert.equal(await reader.locator(".new-replies").isVisible(), false);
    }
    await reply(world, author, thread, "Late", 2);
    for (const reader of readers) {
      const button = reader.getByRole("button", { name: "2 new replies" });
      await button.click();
      await eventually("the first new reply in sight", async () => {
        const top = await topOf(reader, 16);
        return top > 0 && top < 700;
      });
      assert.equal(await reader.evaluate(() => document.activeElement.closest("article")?.id), "post-16");
      await reader.locator(".post-row.new.seen #post-16").waitFor();
      await button.waitFor({ state: "hidden" });
    }
    // The author's own need no announcement.
    await openLive(author.page, thread.path);
    await reply(world, author, thread, "Own");
    await post(author.page, 18).waitFor();
    assert.equal(await author.page.locator(".post-row.new").count(), 0);
  },

  "who comes back sees where the new replies begin, and nothing moves for it": async (world) => {
    const author = await world.member(0);
    const thread = await world.discussion(author.context, "Seen before", 3);
    const reader = await world.page(await world.browser(1));
    await openLive(reader, thread.path);
    assert.equal(await reader.locator(".visit-line").count(), 0, "a first visit has nothing before it");
    await reader.evaluate(() => scrollTo(0, document.body.scrollHeight));
    await afterTwoFrames(reader);
    await reader.goto("/films");
    await reply(world, author, thread, "Meanwhile", 2);
    await openLive(reader, thread.path);
    await reader.locator(".post-row:has(#post-4) .visit-line", { hasText: "New since your last visit" }).waitFor();
    assert.equal(await reader.locator(".visit-line").count(), 1);
    const marked = await topOf(reader, 5);
    await reader.evaluate(() => document.querySelector(".visit-line").remove());
    assert.equal(await topOf(reader, 5), marked);
  },

  "a hidden tab counts in its title what came, until somebody looks": async (world) => {
    const author = await world.member(0);
    const thread = await world.discussion(author.context, "In the background", 2);
    const reader = await world.page(await world.browser(1));
    await openLive(reader, thread.path);
    const title = await reader.title();
    await hide(reader);
    await reply(world, author, thread, "Unseen", 3);
    await eventually("the count", async () => (await reader.title()) === `(3) ${title}`);
    assert.equal(await reader.locator(".post-row.new:not(.seen)").count(), 3);
    await show(reader);
    await eventually("the plain title", async () => (await reader.title()) === title);
    await eventually("the rows being seen", async () => (await reader.locator(".post-row.new:not(.seen)").count()) === 0);
  },

  "the others see who is writing, and how far the page goes": async (world) => {
    const writer = await world.member(0);
    const thread = await world.discussion(writer.context, "Typing", 2);
    const reader = await world.page(await world.browser(1));
    await openLive(reader, thread.path);
    await openLive(writer.page, thread.path);
    assert.equal(await reader.locator(".live-head").textContent(), ", up to #2");
    const line = reader.locator(".live-typing");
    const place = await line.boundingBox();
    await writer.page.locator("textarea[name=body]").pressSequentially("Hm");
    await reader.locator(".live-typing", { hasText: `${writer.name} is writing…` }).waitFor();
    assert.deepEqual((await line.boundingBox()).y, place.y);
    assert.equal(await writer.page.locator(".live-typing").textContent(), "", "nobody is told of themselves");
    await reply(world, writer, thread, "There");
    await reader.locator(".live-head", { hasText: "up to #3" }).waitFor();
  },

  "the front page counts where it stands, and says above how many discussions were updated": async (world) => {
    const author = await world.member(0);
    const thread = await world.discussion(author.context, "On the front page", 2);
    const reader = await world.page(await world.browser(1));
    await openLive(reader, thread.path);
    await eventually("the reading being noticed", () => reader.evaluate(() => scrollTo(0, document.body.scrollHeight) ?? true));
    await reader.goto("/");
    await reader.locator("live-front[data-following]").waitFor();
    const row = reader.locator(`.thread-row[data-thread="${thread.id}"]`);
    assert.equal(await row.evaluate((element) => element.classList.contains("read")), true);
    const place = await row.boundingBox();
    await reply(world, author, thread, "More", 2);
    await row.locator(".row-count", { hasText: "3 replies" }).waitFor();
    await row.locator(".row-new", { hasText: "2 new" }).waitFor();
    assert.equal((await row.boundingBox()).y, place.y);
    await reader.locator(".front-news a", { hasText: "1 discussion updated" }).click();
    await row.locator(".row-count", { hasText: "3 replies" }).waitFor();
    assert.equal(await reader.locator(".front-news a").isVisible(), false);
  },

  "a discussion that lost its posts leaves its row on an open front page, and comes back as news": async (world) => {
    const author = await world.member(0);
    const moderator = await world.member(1, "moderator");
    await world.discussion(author.context, "The one below it", 1);
    const thread = await world.discussion(author.context, "An unwelcome headline", 1);
    const reader = await world.page(await world.browser(1));
    await reader.goto("/");
    await reader.locator(`.thread-row[data-thread="${thread.id}"][data-at]`).waitFor();
    const below = reader.locator(".thread-row", { hasText: "The one below it" }).first();
    const place = await below.boundingBox();
    const { items } = await world.call(author.context, "GET", `/api/v1/threads/${thread.id}/posts`);
    await world.call(moderator.context, "POST", `/api/v1/posts/${items[0].id}/remove`, { reason: "rude" });
    await reader.locator(".thread-list > .gone", { hasText: "Gone from here" }).waitFor();
    assert.equal(await reader.locator("live-front").getByText("An unwelcome headline").count(), 0);
    assert.equal((await below.boundingBox()).y, place.y);
    await world.call(moderator.context, "POST", `/api/v1/posts/${items[0].id}/restore`);
    await reader.locator(".front-news a", { hasText: "1 discussion updated" }).click();
    await reader.locator(`.thread-row[data-thread="${thread.id}"]`).waitFor();
  },

  "what one sends is seen above the composer, on its way and when it stands": async (world) => {
    const { page, context } = await world.member(0, "member", { viewport: { width: 390, height: 700 } });
    const thread = await world.discussion(context, "Sent from afar", 12);
    await openLive(page, thread.path);
    assert.equal(await page.evaluate(() => scrollY), 0);
    const foot = (row) =>
      row.evaluate((element) => [element.getBoundingClientRect().bottom, document.querySelector(".composer-panel").getBoundingClientRect().top]);
    const isAbove = async (row) => {
      const [bottom, edge] = await foot(row);
      assert.ok(bottom <= edge + 1, `it ends at ${bottom}, the composer begins at ${edge}`);
    };
    let answer;
    await page.route("**/api/v1/threads/*/posts", async (route) => {
      await new Promise((resolve) => (answer = resolve));
      await route.continue();
    });
    await writeReply(page, "One line.\n\nAnd another one.");
    await isAbove(page.locator(".post-row.pending"));
    answer();
    await page.locator(".post-row:not(.pending) #post-13").waitFor();
    await isAbove(post(page, 13));
  },

  "keys lead from post to post and to an answer, stay out of fields, and can be switched off": async (world) => {
    const reader = await world.member(0);
    const thread = await world.discussion(reader.context, "By keys", 3);
    const { page } = reader;
    await openLive(page, thread.path);
    const focused = () => page.evaluate(() => document.activeElement.closest("article")?.id);
    for (const [key, article] of [["j", "post-1"], ["j", "post-2"], ["j", "post-3"], ["j", "post-3"], ["k", "post-2"]]) {
      await page.keyboard.press(key);
      assert.equal(await focused(), article);
    }
    await page.keyboard.press("r");
    assert.match(await page.locator(".answered").textContent(), /^#2 /);
    await page.keyboard.type("jk?.");
    assert.equal(await page.locator("textarea[name=body]").inputValue(), "jk?.");
    await post(page, 1).locator(".post-link").focus();
    await page.keyboard.press("?");
    const sheet = page.getByRole("dialog", { name: "Keys" });
    await sheet.getByLabel("Single keys are on").uncheck();
    await page.keyboard.press("Escape");
    await sheet.waitFor({ state: "hidden" });
    await post(page, 1).locator(".post-link").focus();
    await page.keyboard.press("j");
    assert.equal(await focused(), "post-1");
    await page.reload();
    await page.keyboard.press("?");
    await sheet.getByLabel("Single keys are on").check();
    await sheet.getByRole("button", { name: "Close" }).click();
    // A pause between the two keys makes them two of their own, and a busy machine may make one.
    await eventually("the films", async () => {
      await page.keyboard.press("g");
      await page.keyboard.press("f");
      return page.url().endsWith("/films");
    });
  },

  "nothing moves when twenty replies come below or a long post above is removed": async (world) => {
    const author = await world.member(0);
    const moderator = await world.member(1, "moderator");
    const thread = await world.discussion(author.context, "Stand still", 20);
    const long = await world.call(author.context, "POST", `/api/v1/threads/${thread.id}/posts`, {
      body: "A long paragraph. ".repeat(120),
    });
    await reply(world, author, thread, "After it", 12);
    const reader = await world.member(0);
    await openLive(reader.page, thread.path);
    const field = reader.page.locator("textarea[name=body]");
    // Browsers that hold no place by themselves are readers' browsers, too.
    await reader.page.evaluate(() => document.documentElement.style.setProperty("overflow-anchor", "none"));
    for (const writes of [false, true]) {
      await post(reader.page, 27).evaluate((article) => article.scrollIntoView({ block: "start", behavior: "instant" }));
      if (writes) await field.fill("Half a thought");
      if (writes) await field.evaluate((area) => area.setSelectionRange(4, 4));
      const places = async () => [(await field.boundingBox()).y, await topOf(reader.page, 28)];
      const before = await places();
      await reply(world, author, thread, "Below", 20);
      const path = `/api/v1/posts/${long.post.id}`;
      await world.call(moderator.context, "POST", writes ? `${path}/restore` : `${path}/remove`, writes ? {} : { reason: "Too long" });
      await reader.page.locator(`#post-21[data-state=${writes ? "visible" : "removed"}]`).waitFor();
      await post(reader.page, writes ? 73 : 53).waitFor();
      const after = await places();
      before.forEach((place, at) => assert.ok(Math.abs(after[at] - place) <= 1, `moved from ${before} to ${after}`));
    }
    assert.deepEqual(
      await field.evaluate((area) => [document.activeElement === area, area.selectionStart, area.value]),
      [true, 4, "Half a thought"],
    );
  },

  "a tall post whose end is in sight changes without moving what is read below it": async (world) => {
    const author = await world.member(0);
    const moderator = await world.member(0, "moderator");
    const thread = await world.discussion(author.context, "Tall", 1);
    const tall = Array.from({ length: 30 }, (_, line) => `Line ${line}.`).join("\n\n");
    const { post: long } = await world.call(author.context, "POST", `/api/v1/threads/${thread.id}/posts`, { body: tall });
    await reply(world, author, thread, "Below it", 12);
    for (const member of [false, true]) {
      const page = member ? (await world.member(1)).page : await world.page(await world.browser(1));
      await openLive(page, thread.path);
      if (member) await page.locator("textarea[name=body]").focus();
      const top = () => post(page, 3).evaluate((article) => article.getBoundingClientRect().top);
      const stays = async (bottom, what, change, shown) => {
        await post(page, 2).evaluate((article, at) => scrollBy({ top: article.getBoundingClientRect().bottom - at, behavior: "instant" }), bottom);
        const before = await top();
        await change();
        await page.locator(shown).waitFor({ state: "attached" });
        const after = await top();
        assert.ok(Math.abs(after - before) <= 1, `when ${what}, post 3 moved from ${before} to ${after}`);
      };
      const edit = (body) => world.call(author.context, "PATCH", `/api/v1/posts/${long.id}`, { body });
      const remove = () => world.call(moderator.context, "POST", `/api/v1/posts/${long.id}/remove`, { reason: "Spam" });
      await stays(200, "it was made short", () => edit("Short."), "#post-2 .post-body:has-text('Short.')");
      await stays(40, "it was made long behind the bar", () => edit(tall), "#post-2 .post-body:has-text('Line 29.')");
      await stays(200, "it was removed", remove, "#post-2[data-state=removed]");
      await world.call(moderator.context, "POST", `/api/v1/posts/${long.id}/restore`);
      await page.locator("#post-2[data-state=visible]").waitFor({ state: "attached" });
    }
  },
};
