// What a moderator takes away is gone from every screen, and comes back the same way.
import assert from "node:assert/strict";

import { openLive, post, removeByPage, writtenMarkup } from "../world.mjs";

async function hasNoText(page, text) {
  assert.equal((await page.content()).includes(text), false, `${page.url()} still holds the removed text`);
}

export const moderationScenarios = {
  "a moderator's removal turns a post into a tombstone in both browsers, and a late-comer's page agrees": async (world) => {
    const writer = await world.member(0);
    const moderator = await world.member(1, "moderator");
    const reader = await world.page(await world.browser(0));
    const thread = await world.discussion(writer.context);
    await world.call(writer.context, "POST", `/api/v1/threads/${thread.id}/posts`, { body: "A most regrettable sentence." });
    await openLive(writer.page, thread.path);
    await openLive(reader, thread.path);
    await moderator.page.goto(thread.path);
    await removeByPage(moderator.page, 2);
    const late = await world.page(await world.browser(1));
    await late.goto(thread.path);
    for (const page of [writer.page, reader, moderator.page, late]) {
      await page.locator("#post-2[data-state=removed]").waitFor();
      assert.equal(await post(page, 2).locator(".post-tombstone").textContent(), "Removed by a moderator: Off topic");
      assert.equal(await post(page, 2).locator(".post-body").count(), 0);
      await hasNoText(page, "regrettable");
    }
    assert.equal(await writtenMarkup(reader, 2), await writtenMarkup(late, 2));
  },

  "a restored post is back in every open page": async (world) => {
    const writer = await world.member(0);
    const moderator = await world.member(1, "moderator");
    const thread = await world.discussion(writer.context, "To and fro", 2);
    await openLive(writer.page, thread.path);
    await moderator.page.goto(thread.path);
    await removeByPage(moderator.page, 2);
    await writer.page.locator("#post-2[data-state=removed]").waitFor();
    await openLive(moderator.page, thread.path);
    await post(moderator.page, 2).locator(".action-restore button").click();
    await moderator.page.locator("#post-2[data-state=visible]").waitFor();
    await writer.page.locator("#post-2[data-state=visible]").waitFor();
    assert.equal((await post(writer.page, 2).locator(".post-body").textContent()).trim(), "Post number 2.");
  },

  "a moderator can restore from a tombstone that arrived live": async (world) => {
    const writer = await world.member(0);
    const moderator = await world.member(0, "moderator");
    const thread = await world.discussion(writer.context, "At once", 2);
    await openLive(moderator.page, thread.path);
    const { items } = await world.call(writer.context, "GET", `/api/v1/threads/${thread.id}/posts`);
    await world.call(moderator.context, "POST", `/api/v1/posts/${items[1].id}/remove`, { reason: "Spam" });
    await moderator.page.locator("#post-2[data-state=removed] .action-restore button").click();
    await moderator.page.locator("#post-2[data-state=visible]").waitFor();
  },

  "locking a thread takes the form away in every open page, unlocking brings it back": async (world) => {
    const writer = await world.member(0);
    const moderator = await world.member(1, "moderator");
    const thread = await world.discussion(writer.context);
    await openLive(writer.page, thread.path);
    await moderator.page.goto(thread.path);
    await moderator.page.locator(".lock-form button").click();
    await moderator.page.locator(".locked-note").waitFor();
    await writer.page.locator(".locked-note").waitFor();
    assert.equal(await writer.page.locator("textarea[name=body]").isVisible(), false);
    await moderator.page.locator(".unlock-form button").click();
    await writer.page.locator("textarea[name=body]").waitFor();
  },

  "members and guests see neither the moderators' actions nor others' own ones": async (world) => {
    const writer = await world.member(0);
    const other = await world.member(0);
    const guest = await world.page(await world.browser(0));
    const thread = await world.discussion(writer.context);
    const seen = async (page) => {
      await page.goto(thread.path);
      const actions = await post(page, 1).locator(".post-actions li:visible").allInnerTexts();
      return actions.map((words) => words.trim()).filter((words) => words !== "");
    };
    assert.deepEqual(await seen(writer.page), ["Reply", "Like", "Edit", "Delete"]);
    assert.deepEqual(await seen(other.page), ["Reply", "Like"]);
    assert.deepEqual(await seen(guest), []);
  },

  "a moderator without JavaScript removes, reads the history, finds it in the log and restores": async (world) => {
    const writer = await world.member(0);
    const moderator = await world.member(1, "moderator", { javaScriptEnabled: false });
    const thread = await world.discussion(writer.context, "Plain moderation", 2);
    const { page } = moderator;
    await page.goto(thread.path);
    await removeByPage(page, 2, "Spam");
    await hasNoText(page, "Post number 2.");
    await post(page, 2).locator(".action-history a").click();
    assert.match(await page.locator(".revision-text").first().textContent(), /Post number 2\./);
    await page.goto("/moderation/log");
    assert.match(await page.locator(".log-entry").first().textContent(), /remove.*Spam/s);
    await page.goto(thread.path);
    await post(page, 2).locator(".action-restore button").click();
    await page.locator("#post-2[data-state=visible]").waitFor();
  },

  "a thread that is locked while somebody writes leaves them their text, says so, and moves nothing": async (world) => {
    const writer = await world.member(0, "member", { viewport: { width: 390, height: 700 } });
    const moderator = await world.member(1, "moderator");
    const thread = await world.discussion(writer.context, "Enough", 12);
    await openLive(writer.page, thread.path);
    const { page } = writer;
    await page.locator("textarea[name=body]").fill("But still,");
    await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
    const top = () => post(page, 12).evaluate((article) => article.getBoundingClientRect().top);
    const before = await top();
    await world.call(moderator.context, "PATCH", `/api/v1/threads/${thread.id}`, { locked: true, reason: "Heat" });
    await page.locator(".locked-note").waitFor();
    assert.ok(Math.abs((await top()) - before) <= 1, `post 12 moved from ${before} to ${await top()}`);
    assert.equal(await page.locator("textarea[name=body]").inputValue(), "But still,");
    assert.equal(await page.locator("textarea[name=body]").isVisible(), true);
    assert.equal(await page.locator(".locked-mark").isVisible(), true);
    assert.equal(await page.locator(".action-reply:visible, .composer button:visible").count(), 0);
    await page.locator("textarea[name=body]").press("Control+Enter");
    assert.equal(await page.locator(".post-row.pending").count(), 0);
    await world.call(moderator.context, "PATCH", `/api/v1/threads/${thread.id}`, { locked: false, reason: "Calm" });
    await page.locator(".locked-note").waitFor({ state: "hidden" });
    await page.locator("textarea[name=body]").press("Control+Enter");
    await page.locator("#post-13:not(.pending)").waitFor();
  },

  "a reply without JavaScript to a thread that was locked meanwhile is shown with what was wrong": async (world) => {
    const writer = await world.member(0, "member", { javaScriptEnabled: false });
    const moderator = await world.member(0, "moderator");
    const thread = await world.discussion(writer.context, "Enough, plainly");
    await writer.page.goto(thread.path);
    await writer.page.locator("textarea[name=body]").fill("But still,");
    await world.call(moderator.context, "PATCH", `/api/v1/threads/${thread.id}`, { locked: true, reason: "Heat" });
    await writer.page.locator("reply-composer button.primary").click();
    await writer.page.locator(".form-errors, .locked-note").first().waitFor();
    assert.equal(await writer.page.locator("textarea[name=body]").isVisible(), true);
    assert.equal(await writer.page.locator("textarea[name=body]").inputValue(), "But still,");
  },

  "a draft that is found in a thread that was locked meanwhile can be read and not sent": async (world) => {
    const writer = await world.member(0);
    const moderator = await world.member(1, "moderator");
    const thread = await world.discussion(writer.context, "Too late for that");
    const field = writer.page.locator("textarea[name=body]");
    await openLive(writer.page, thread.path);
    await field.fill("But still,");
    await writer.page.goto("/films");
    await world.call(moderator.context, "PATCH", `/api/v1/threads/${thread.id}`, { locked: true, reason: "Heat" });
    await openLive(writer.page, thread.path);
    assert.equal(await field.inputValue(), "But still,");
    await field.press("Control+Enter");
    assert.equal(await writer.page.locator(".post-row.pending").count(), 0);
    assert.equal(await field.inputValue(), "But still,");
  },
};
